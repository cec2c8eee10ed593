package vn.luot.admin.referrers;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.owner.Role;
import vn.luot.admin.body.Limited;
import vn.luot.admin.numbers.DaysAsked;
import vn.luot.admin.numbers.Span;

/** Where a site's visitors came from. */
@Path("/admin/v1/sites/{site}/referrers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class ReferrersResource {
  private final Access access;
  private final Referrers referrers;
  private final Clock clock;

  ReferrersResource(Access access, Referrers referrers, Clock clock) {
    this.access = access;
    this.referrers = referrers;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "listReferrers",
      summary = "Lists the hosts that visitors came from, with how many views")
  public Uni<ReferrerList> list(
      @RestPath String site, @BeanParam DaysAsked days, @BeanParam Limited limited) {
    return access
        .site(site, Role.VIEWER)
        .flatMap(
            reached -> {
              Span span = days.in(reached.site().rules().timeZone());
              return referrers.list(
                  reached.site(), span.orSinceEver(clock.instant()), limited.most());
            });
  }
}

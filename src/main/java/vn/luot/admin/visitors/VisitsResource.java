package vn.luot.admin.visitors;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.Limited;
import vn.luot.admin.numbers.DaysAsked;
import vn.luot.admin.numbers.Span;
import vn.luot.admin.visitors.Visits.DeviceList;
import vn.luot.admin.visitors.Visits.ReferrerList;

/** Where a site's visitors came from, and what their visits began with. */
@Path("/admin/v1")
@Produces(MediaType.APPLICATION_JSON)
public class VisitsResource {
  @Inject Access access;
  @Inject Visits visits;
  @Inject Clock clock;

  @GET
  @Path("/sites/{site}/referrers")
  @Operation(summary = "Lists the hosts that visitors came from, with how many views")
  public Uni<ReferrerList> listReferrers(
      @RestPath String site, @BeanParam DaysAsked days, @BeanParam Limited limited) {
    return access.site(
        site,
        Role.VIEWER,
        of -> {
          Span span = days.in(of.zone(), clock.instant());
          return visits.referrers(of, span, limited.most());
        });
  }

  @GET
  @Path("/sites/{site}/devices")
  @Operation(
      summary = "Lists devices, browsers and systems, with how many visits began with them",
      description =
          "Told from User-Agent, which is not kept, by short lists. Visits of imported history, and"
              + " visitors who want not to be known, are not among them.")
  public Uni<DeviceList> listDevices(@RestPath String site, @BeanParam DaysAsked days) {
    return access.site(
        site, Role.VIEWER, of -> visits.devices(of, days.in(of.zone(), clock.instant())));
  }
}

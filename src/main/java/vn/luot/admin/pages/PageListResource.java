package vn.luot.admin.pages;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.body.Part;
import vn.luot.admin.numbers.DaysAsked;
import vn.luot.admin.numbers.Span;

/** A site's pages, as its owner reads them. */
@Path("/admin/v1/sites/{site}/pages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class PageListResource {
  private final Access access;
  private final PageLister lister;
  private final Clock clock;

  PageListResource(Access access, PageLister lister, Clock clock) {
    this.access = access;
    this.lister = lister;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "listPages",
      summary = "Lists pages with views, visits and ratings",
      description =
          "Without from and to: of all time, with opening balances. With one of them: what was"
              + " counted in those local days, of pages viewed in them.")
  public Uni<PageList> list(
      @RestPath String site,
      @BeanParam DaysAsked days,
      @Parameter(
              description = "The order: " + PageSort.DESCRIPTION,
              // Unquoted they would be tried as numbers.
              schema = @Schema(defaultValue = "\"-views\""),
              example = "\"-average\"")
          @RestQuery
          @DefaultValue("-views")
          String sort,
      @BeanParam Part part,
      @Parameter(
              description =
                  "Only pages whose path or title has this in it, in capitals or not; % and _ are"
                      + " meant as such",
              schema = @Schema(maxLength = 100),
              example = "tin-tuc")
          @RestQuery
          String search) {
    return access
        .site(site, Role.READER)
        .flatMap(
            reached ->
                lister.list(
                    reached.site(),
                    PagesAsked.of(
                        span(days.in(reached.site().rules().timeZone())),
                        PageSort.of(sort),
                        search,
                        part.most(),
                        part.cursor)));
  }

  private Span span(Span span) {
    return span.isOpen() ? null : span.orSinceEver(clock.instant()).wholeDays();
  }
}

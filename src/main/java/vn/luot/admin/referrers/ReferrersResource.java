package vn.luot.admin.referrers;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.body.Limited;
import vn.luot.admin.numbers.DaysAsked;
import vn.luot.admin.numbers.Details;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.numbers.Span;
import vn.luot.site.Site;

/** Where a site's visitors came from. */
@Path("/admin/v1/sites/{site}/referrers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class ReferrersResource {
  /**
   * The days are subqueries, which PostgreSQL takes for a few: it would read the rows of every site
   * where this one has a fifth of them.
   */
  private static final String SUM =
      """
      SELECT host, sum_up(views) FROM referrer_views
      WHERE site_id = $1 AND day BETWEEN (SELECT $2::date) AND (SELECT $3::date)
      GROUP BY host ORDER BY host = '~other', 2 DESC, host LIMIT $4
      """;

  private final Access access;
  private final Numbers numbers;
  private final Details details;
  private final Clock clock;

  ReferrersResource(Access access, Numbers numbers, Details details, Clock clock) {
    this.access = access;
    this.numbers = numbers;
    this.details = details;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "listReferrers",
      summary = "Lists the hosts that visitors came from, with how many views")
  public Uni<ReferrerList> list(
      @RestPath String site, @BeanParam DaysAsked days, @BeanParam Limited limited) {
    return access
        .site(site, Role.READER)
        .flatMap(
            reached -> {
              Span span = days.in(reached.site().rules().timeZone());
              return list(reached.site(), span.orSinceEver(clock.instant()), limited.most());
            });
  }

  private Uni<ReferrerList> list(Site site, Span span, int limit) {
    return numbers.fresh(
        site,
        asOf ->
            details
                .keptFrom(site.id())
                .flatMap(keptFrom -> list(site, span, limit, asOf, keptFrom)));
  }

  private Uni<ReferrerList> list(
      Site site, Span span, int limit, OffsetDateTime asOf, LocalDate keptFrom) {
    return numbers
        .query(SUM, Tuple.of(site.id(), span.firstDay(), span.lastDay(), limit))
        .map(
            rows ->
                new ReferrerList(
                    span.firstDay(),
                    span.lastDay(),
                    site.rules().timeZone(),
                    asOf,
                    keptFrom,
                    referrers(rows)));
  }

  private static List<ReferrerList.ReferrerEntry> referrers(Iterable<Row> rows) {
    List<ReferrerList.ReferrerEntry> referrers = new ArrayList<>();
    rows.forEach(
        row -> referrers.add(new ReferrerList.ReferrerEntry(row.getString(0), row.getLong(1))));
    return referrers;
  }
}

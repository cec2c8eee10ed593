package vn.luot.admin.series;

import io.smallrye.mutiny.Uni;
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
import vn.luot.admin.numbers.NumbersConfig;
import vn.luot.admin.numbers.Span;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/** Numbers over time. */
@Path("/admin/v1/sites/{site}/series")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class SeriesResource {
  private final Access access;
  private final SeriesReader reader;
  private final NumbersConfig config;
  private final Clock clock;

  SeriesResource(Access access, SeriesReader reader, NumbersConfig config, Clock clock) {
    this.access = access;
    this.reader = reader;
    this.config = config;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "readSeries",
      summary = "Reads a number over time, in the site's hours and days, without gaps",
      description =
          "Only what Luot counted: opening balances have no day. Where the clocks change, a day has"
              + " 23 or 25 hours. visitors are distinct within a day; those of a week, month or year"
              + " are the sum of its days, since nobody is recognised across days. votes are those in"
              + " force, by when they were cast or last changed. bots are views that are counted"
              + " nowhere else.")
  public Uni<Series> read(
      @RestPath String site,
      @Parameter(
              description = "What to show",
              schema =
                  @Schema(
                      enumeration = {"views", "visits", "visitors", "votes", "bots"},
                      defaultValue = "views"))
          @RestQuery
          @DefaultValue("views")
          String metric,
      @Parameter(
              description = "How long a point is, in the site's zone; weeks begin on Monday",
              schema =
                  @Schema(
                      enumeration = {"hour", "day", "week", "month", "year"},
                      defaultValue = "day"))
          @RestQuery
          @DefaultValue("day")
          String interval,
      @Parameter(
              description =
                  Span.FROM
                      + ". Not named: 24 hours, 30 days, 12 weeks, 12 months or"
                      + " 5 years before the end. The point it lies in is shown whole.",
              example = "2026-11-01")
          @RestQuery
          String from,
      @Parameter(
              description =
                  Span.TO
                      + ". Not named: the end of the current point. At most 87840"
                      + " points (10 years of hours).",
              example = "2026-11-30")
          @RestQuery
          String to,
      @Parameter(
              description = "previous: also as many points right before those",
              schema = @Schema(enumeration = "previous"))
          @RestQuery
          String compare) {

    return access
        .site(site, Role.READER)
        .flatMap(
            reached ->
                read(
                    reached.site(),
                    Metric.of(metric),
                    Interval.of(interval),
                    from,
                    to,
                    compare(compare)));
  }

  private Uni<Series> read(
      Site site, Metric metric, Interval interval, String from, String to, boolean compare) {
    metric.requireIn(interval);
    Span span = Span.of(from, to, site.zone());
    Points points = Points.of(span, interval, clock.instant(), config.mostPoints());
    return reader.read(site, metric, interval, points, compare);
  }

  private static boolean compare(String compare) {
    if (compare == null || compare.isEmpty()) {
      return false;
    }
    if (!compare.equals("previous")) {
      throw Refusal.ofField("compare", "previous, or leave it out");
    }
    return true;
  }
}

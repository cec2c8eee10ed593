package vn.luot.admin.series;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.Taken;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.numbers.Span;
import vn.luot.site.PageRule;

/** Numbers over time. */
@Path("/admin/v1/sites/{site}/series")
@Produces(MediaType.APPLICATION_JSON)
public class SeriesResource {
  @Inject Access access;
  @Inject SeriesReader reader;
  @Inject Numbers.Config config;
  @Inject Taken taken;
  @Inject Clock clock;

  @GET
  @Operation(
      summary = "Reads a number over time, in the site's hours and days, without gaps",
      description =
          "Only what Luot counted: opening balances have no day. Where the clocks change, a day has"
              + " 23 or 25 hours. visitors are distinct within a day; those of a week, month or"
              + " year are the sum of its days, since nobody is recognised across days. votes are"
              + " those in force, by when they were cast or last changed, and stars their sum: divided by"
              + " votes, the average of that time. Of a vote that was changed only the last"
              + " stars are kept, so what a rating stood at on a past day is not known. bots are views that are"
              + " counted nowhere else.")
  @APIResponse(
      responseCode = "200",
      description = "The points",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Series.class)))
  public RestMulti<byte[]> readSeries(
      @RestPath String site,
      @Parameter(description = "What to show") @RestQuery @DefaultValue("views") String metric,
      @Parameter(
              description = "How long a point is, in the site's zone; weeks begin on Monday",
              schema = @Schema(enumeration = {"hour", "day", "week", "month", "year"}))
          @RestQuery
          @DefaultValue("day")
          String interval,
      @Parameter(
              description =
                  Span.FROM
                      + ". Not named: 24 hours, 30 days, 12 weeks, 12 months or"
                      + " 5 years before the end. The first point begins there: with the hour it"
                      + " lies in by hour, else with its day.",
              example = "2026-11-01")
          @RestQuery
          String from,
      @Parameter(
              description =
                  Span.TO
                      + ". Not named: the end of the current point. The last point ends"
                      + " there. At most 10000 points (416 days of hours).",
              example = "2026-11-30")
          @RestQuery
          String to,
      @Parameter(
              description = "Also the numbers of another period. " + Comparison.RULES,
              example = "previous")
          @RestQuery
          String compare,
      @Parameter(
              description =
                  "Of this page only: its path or explicit id. Of a page there are views, visits,"
                      + " downloads, votes and stars; all but the last two by day or longer. A page"
                      + " that nobody viewed has zeros",
              example = "/tin-tuc/a")
          @RestQuery
          String page) {
    Multi<byte[]> pieces =
        access
            .site(site, Role.VIEWER, of -> Uni.createFrom().item(of))
            .onItem()
            .transformToMulti(
                row ->
                    reader.read(
                        row,
                        () ->
                            asked(
                                Counted.of(
                                    row.id(),
                                    page == null || page.isEmpty()
                                        ? null
                                        : PageRule.page(row, page, "page"),
                                    Metric.of(metric)),
                                Interval.of(interval),
                                Span.of(from, to, row.zone()),
                                compare)));
    return RestMulti.fromMultiData(taken.inTime(pieces))
        .encodeAsJsonArray(false)
        .withDemand(1)
        .header("Content-Type", "application/json;charset=UTF-8")
        .build();
  }

  private SeriesReader.Asked asked(Counted counted, Interval interval, Span span, String compare) {
    counted.requireIn(interval);
    Instant now = clock.instant();
    Points points = Points.of(span, interval, now, config.mostPoints());
    Comparison comparison =
        compare == null || compare.isEmpty()
            ? null
            : Comparison.of(compare, points.period(), now, counted.isByDay());
    if (comparison != null && interval != Interval.HOUR) {
      comparison.requireDays();
    }
    return SeriesReader.Asked.of(counted, interval, points, comparison, now);
  }
}

package vn.luot.admin.visitors;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.numbers.Details;
import vn.luot.admin.numbers.Details.Covered;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.numbers.Span;
import vn.luot.connection.postgres.Rows;
import vn.luot.site.Site;

/** Reads where a site's visitors came from, and what their visits began with. */
@Singleton
public record Visits(Numbers numbers, Details details) {
  /**
   * The days are subqueries, which PostgreSQL takes for a few: it would read the rows of every site
   * where this one has a fifth of them. Where imported visits (epoch -1) began is not known.
   */
  private static final String REFERRERS =
      """
      WITH came AS (
        SELECT regexp_replace(host, '^(m|l|lm|mobile)[.](?=[^.]+[.])', '') AS host, sum_up(views) AS views
        FROM referrer_views
        WHERE site_id = $1 AND day BETWEEN (SELECT $2::date) AND (SELECT $3::date)
        GROUP BY 1)
      SELECT listed.host, listed.views, (SELECT coalesce(sum(views), 0)::bigint FROM came), began.visits
      FROM (
        SELECT coalesce(sum(visits), 0)::bigint AS visits FROM hourly_views
        WHERE site_id = $1 AND day BETWEEN greatest($2::date, $5::date) AND $3::date AND epoch <> -1) AS began
      LEFT JOIN (
        SELECT * FROM came ORDER BY host = '~other', views DESC, host LIMIT $4) AS listed ON true
      ORDER BY listed.host = '~other', listed.views DESC, listed.host
      """;

  private static final String DEVICES =
      "SELECT split_part(device, '|', 1), split_part(device, '|', 2), split_part(device, '|', 3),"
          + " sum_up(visits) FROM device_visits WHERE site_id = $1 AND day BETWEEN (SELECT $2::date) AND"
          + " (SELECT $3::date) GROUP BY device ORDER BY 4 DESC, device";

  public Uni<ReferrerList> referrers(Site site, Span span, int limit) {
    return details.list(
        site,
        span,
        covered ->
            numbers
                .query(
                    REFERRERS,
                    Tuple.of(
                        site.id(), span.firstDay(), span.lastDay(), limit, covered.detailFrom()))
                .map(rows -> referrers(covered, rows)));
  }

  private static ReferrerList referrers(Covered covered, RowSet<Row> rows) {
    Row sums = rows.iterator().next();
    long views = sums.getLong(2);
    List<ReferrerEntry> listed =
        sums.getString(0) == null ? List.of() : Rows.list(rows, Visits::referrer);
    return new ReferrerList(covered, listed, views, Math.max(0, sums.getLong(3) - views));
  }

  Uni<DeviceList> devices(Site site, Span span) {
    return details.list(
        site,
        span,
        covered ->
            numbers
                .query(DEVICES, values(site, span))
                .map(rows -> new DeviceList(covered, Rows.list(rows, Visits::device))));
  }

  private static Tuple values(Site site, Span span) {
    return Tuple.of(site.id(), span.firstDay(), span.lastDay());
  }

  private static ReferrerEntry referrer(Row row) {
    return new ReferrerEntry(row.getString(0), row.getLong(1));
  }

  private static DeviceEntry device(Row row) {
    return new DeviceEntry(row.getString(0), row.getString(1), row.getString(2), row.getLong(3));
  }

  /** Where visitors came from. */
  @Schema(name = "ReferrerList")
  public record ReferrerList(
      @JsonUnwrapped Covered covered,
      @Schema(
              description =
                  "Most views first; ~other, beyond the day's limit of hosts, last. What has m, l, lm"
                      + " or mobile in front is one with the host behind it: m.facebook.com is"
                      + " facebook.com")
          List<ReferrerEntry> referrers,
      @Schema(description = "Views that came from all hosts, those that are not listed included")
          long views,
      @Schema(
              description =
                  "Visits of the same days less these views, at least 0: those that began with an"
                      + " address that was typed or kept, in an app, or that did not say where."
                      + " Whoever comes back from another site within a visit is missing in it;"
                      + " visits that were imported are not in it")
          long direct) {}

  /** One host. */
  @Schema(name = "ReferrerEntry")
  public record ReferrerEntry(
      @Schema(description = "Host only, never an address", examples = "www.google.com") String host,
      @Schema(description = "Views that came from there") long views) {}

  /** Visits by what they began with. */
  @Schema(name = "DeviceList")
  public record DeviceList(
      @JsonUnwrapped Covered covered,
      @Schema(description = "Most visits first; a few hundred at most")
          List<DeviceEntry> devices) {}

  /** One kind of device. */
  @Schema(name = "DeviceEntry")
  public record DeviceEntry(
      @Schema(enumeration = {"Phone", "Tablet", "Desktop", "Other"}) String device,
      @Schema(description = "Family of the browser, or Other", examples = "Chrome") String browser,
      @Schema(description = "Operating system, or Other", examples = "Android") String system,
      @Schema(description = "Visits that began with it") long visits) {}
}

package vn.luot.admin.report;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.numbers.Span;
import vn.luot.admin.pages.PageLister;
import vn.luot.admin.series.Metric;
import vn.luot.admin.visitors.Visits;
import vn.luot.site.Site;

/** Reads what is in a report, and has it written. */
@Singleton
public record ReportReader(Numbers numbers, PageLister pages, Visits visits) {
  static final int MOST_DAYS = 3660;
  private static final int MOST_ROWS = 1000;

  /** Every counted day of the range; the last ones where they are too many. */
  private static final String DAYS = Metric.days() + " ORDER BY day DESC LIMIT $4";

  /** One query after the other: a call holds one connection at most. */
  public Uni<byte[]> read(Site site, Span span, String language) {
    ReportFile file = ReportFile.in(language);
    return pages
        .mostViewed(site, span, MOST_ROWS)
        .flatMap(
            viewed ->
                days(site, span)
                    .flatMap(
                        days ->
                            visits
                                .referrers(site, span, MOST_ROWS)
                                .emitOn(Infrastructure.getDefaultWorkerPool())
                                .map(came -> file.write(days, viewed, came.referrers()))));
  }

  private Uni<RowSet<Row>> days(Site site, Span span) {
    return numbers.query(DAYS, Tuple.of(site.id(), span.firstDay(), span.lastDay(), MOST_DAYS));
  }
}

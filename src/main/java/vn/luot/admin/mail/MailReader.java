package vn.luot.admin.mail;

import static java.util.stream.Collectors.joining;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.MailMessage;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.numbers.Span;
import vn.luot.admin.pages.PageList.PageEntry;
import vn.luot.admin.pages.PageLister;
import vn.luot.admin.report.ReportReader;
import vn.luot.admin.series.Metric;
import vn.luot.connection.postgres.Rows;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/** Reads what is in a mail: a month beside others, its pages, and the report as a file. */
@Singleton
record MailReader(Numbers numbers, PageLister pages, ReportReader reports) {
  private static final int PAGES = 10;

  /** More are asked for, as some are left out. */
  private static final int PAGES_ASKED = 50;

  private static final String COLUMNS = Metric.byDay().map(Metric::label).collect(joining(", "));

  /** Each month from $2 to $3, and the first counted day. */
  private static final String MONTHS =
      """
      SELECT date_trunc('month', day)::date AS month, %s,
        (SELECT min(day) FROM daily_total WHERE site_id = $1) AS first
      FROM (%s) AS days (day, %s)
      GROUP BY 1
      """
          .formatted(
              Metric.byDay()
                  .map(metric -> "sum(%1$s)::bigint AS %1$s".formatted(metric.label()))
                  .collect(joining(", ")),
              Metric.days(),
              COLUMNS);

  /** One query after the other: a mail holds one connection at most. */
  Uni<MailMessage> read(Site site, Mail mail, String domain) {
    YearMonth month = YearMonth.parse(mail.month());
    ZonedDateTime end = month.plusMonths(1).atDay(1).atStartOfDay(site.zone());
    return numbers.fresh(
        site,
        asOf -> {
          if (asOf == null || asOf.isBefore(end.toOffsetDateTime())) {
            throw Refusal.forNow(Reason.NOT_READABLE, "Redis may have some of the month's views.");
          }
          return readFlushed(site, mail, month, domain);
        });
  }

  private Uni<MailMessage> readFlushed(Site site, Mail mail, YearMonth month, String domain) {
    LocalDate first = month.atDay(1);
    LocalDate last = month.atEndOfMonth();
    Span span = Span.of(first.toString(), last.toString(), site.zone());
    Letter letter = new Letter(site, mail, month);
    return reports
        .read(site, span, mail.language())
        .invoke(letter::attach)
        .flatMap(file -> numbers.query(MONTHS, Tuple.of(site.id(), first.minusYears(1), last)))
        .invoke(
            rows ->
                letter.months(
                    Rows.map(rows, row -> YearMonth.from(row.getLocalDate(0)), row -> row)))
        .flatMap(rows -> pages.mostViewed(site, span, PAGES_ASKED))
        .invoke(
            viewed ->
                letter.pages(
                    viewed.stream().filter(page -> isListed(page, site)).limit(PAGES).toList()))
        .map(viewed -> letter.message(domain));
  }

  /** As in public lists: whoever makes pages up does not write to whom a mail goes. */
  private static boolean isListed(PageEntry page, Site site) {
    return !page.hidden()
        && !page.path().startsWith("~")
        && page.networks() >= site.rules().listedAfterNetworks();
  }
}

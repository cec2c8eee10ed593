package vn.luot.admin.mail;

import static java.util.stream.Collectors.joining;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailMessage;
import io.vertx.mutiny.sqlclient.Row;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.call.LanguageAsked;
import vn.luot.admin.pages.PageList.PageEntry;
import vn.luot.admin.report.Spreadsheet;
import vn.luot.admin.series.Metric;
import vn.luot.refusal.Html;
import vn.luot.refusal.Language;
import vn.luot.site.Site;

/**
 * What a mail says, the same as text and as HTML. Strangers name pages: everything is text in it.
 * No number is written by a locale, which a native executable may not know.
 */
final class Letter {
  private static final List<Metric> SHOWN =
      List.of(Metric.VIEWS, Metric.VISITS, Metric.VISITORS, Metric.DOWNLOADS);

  private static final String UNKNOWN = "–";

  private final Site site;
  private final Mail mail;
  private final YearMonth month;
  private final Language language;
  private final MailMessage message = new MailMessage();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder html = new StringBuilder("<!DOCTYPE html><meta charset=utf-8>");

  Letter(Site site, Mail mail, YearMonth month) {
    this.site = site;
    this.mail = mail;
    this.month = month;
    this.language = LanguageAsked.of(mail.language(), Language.VIETNAMESE, Language.ENGLISH);
    message.setSubject(
        said("Báo cáo truy cập tháng %s: %s", "Traffic in %s: %s")
            .formatted(name(month), site.rules().name()));
    line(said("Kính gửi Quý vị,", "Dear reader,"));
    line(
        said("Số liệu truy cập tháng %s của %s như sau:", "This was the traffic in %s of %s:")
            .formatted(name(month), site.rules().name()));
  }

  private String said(String inVietnamese, String inEnglish) {
    return language == Language.VIETNAMESE ? inVietnamese : inEnglish;
  }

  private static String name(YearMonth month) {
    return month.getMonthValue() + "/" + month.getYear();
  }

  /** {@code months}: those with numbers, each with the site's first counted day. */
  void months(Map<YearMonth, Row> months) {
    YearMonth before = month.minusMonths(1);
    YearMonth year = month.minusYears(1);
    String change = said("Tăng/giảm", "Change");
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(said("Chỉ tiêu", "Number"), name(month), name(before), change, name(year), change));
    for (Metric metric : SHOWN) {
      long now = months.containsKey(month) ? months.get(month).getLong(metric.label()) : 0;
      Long then = wholly(months, before, metric);
      Long yearAgo = wholly(months, year, metric);
      lines.add(
          List.of(
              said(metric.vietnamese, metric.english),
              count(now),
              count(then),
              change(now, then),
              count(yearAgo),
              change(now, yearAgo)));
    }
    table(lines);
  }

  /** Null where the site was not counted from that month's beginning. */
  private static @Nullable Long wholly(Map<YearMonth, Row> months, YearMonth month, Metric metric) {
    LocalDate first =
        months.values().stream()
            .map(row -> row.getLocalDate("first"))
            .findFirst()
            .orElse(LocalDate.MAX);
    Row row = months.get(month);
    return first.isAfter(month.atDay(1)) ? null : row == null ? 0L : row.getLong(metric.label());
  }

  private String count(@Nullable Long count) {
    return count == null ? UNKNOWN : language.grouped(count);
  }

  private String change(long now, @Nullable Long then) {
    if (then == null || then == 0) {
      return UNKNOWN;
    }
    String written = String.format(Locale.ROOT, "%+.1f%%", 100.0 * (now - then) / then);
    return language == Language.VIETNAMESE ? written.replace('.', ',') : written;
  }

  void pages(List<PageEntry> pages) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            said("Trang được xem nhiều nhất", "Most viewed pages"),
            said(Metric.VIEWS.vietnamese, Metric.VIEWS.english)));
    for (PageEntry page : pages) {
      lines.add(List.of(page.title() == null ? page.path() : page.title(), count(page.views())));
    }
    table(lines);
  }

  void attach(byte[] file) {
    message.setAttachment(
        MailAttachment.create()
            .setName(said("bao-cao-", "report-") + site.slug() + "-" + month + ".xlsx")
            .setContentType(Spreadsheet.XLSX)
            .setData(Buffer.buffer(file)));
  }

  MailMessage message(String domain) {
    line(
        said(
            "Tệp Excel gửi kèm có số liệu theo ngày, theo trang và theo nguồn truy cập. Khách là tổng"
                + " số khách của từng ngày. Dấu – là chưa có số liệu của cả tháng.",
            "The attached file has the numbers by day, page and source. Visitors are the sum of each"
                + " day's. A – is where not the whole month was counted."));
    String day =
        mail.addedAt()
            .atZoneSameInstant(site.zone())
            .format(DateTimeFormatter.ofPattern("dd/MM/yyyy"));
    line(
        said(
                "Thư này được gửi tự động mỗi tháng một lần, do “%s” đăng ký ngày %s. Nếu không muốn nhận"
                    + " nữa, xin báo cho người đăng ký hoặc đơn vị quản trị trang web.",
                "This mail is sent once a month, as “%s” asked for on %s. To end it, please tell"
                    + " them or whoever runs the site.")
            .formatted(mail.addedBy(), day));
    return message
        .setTo(mail.recipient())
        .setText(text.toString())
        .setHtml(html.toString())
        .addHeader("Auto-Submitted", "auto-generated")
        // The same however often it is tried: many mail servers keep one of them.
        .addHeader(
            "Message-ID", "<luot-%s-%d-%s@%s>".formatted(site.slug(), mail.id(), month, domain));
  }

  private void line(String said) {
    text.append(said).append("\n\n");
    html.append("<p>").append(Html.escaped(said)).append("</p>");
  }

  private void table(List<List<String>> lines) {
    html.append("<table cellpadding=4>");
    for (List<String> cells : lines) {
      text.append(String.join(" | ", cells)).append('\n');
      html.append("<tr><td>")
          .append(cells.stream().map(Html::escaped).collect(joining("<td align=right>")));
    }
    text.append('\n');
    html.append("</table>");
  }
}

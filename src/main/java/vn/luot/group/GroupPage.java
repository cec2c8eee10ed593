package vn.luot.group;

import static java.util.stream.Collectors.joining;
import static vn.luot.refusal.Html.escaped;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.luot.group.GroupSites.Group;
import vn.luot.group.GroupSites.Member;
import vn.luot.refusal.Language;

/** Writes the page of a group, in the looks of the owners' page. */
enum GroupPage {
  VIETNAMESE(
      Language.VIETNAMESE,
      "Số liệu truy cập",
      "Số liệu lúc %s (%s), của %s trang web",
      "Chưa có trang web nào công khai số liệu.",
      List.of("Trang web", "Đang online", "Hôm nay", "Hôm qua", "Tháng này", "Tổng"),
      "Tổng cộng",
      "Mỗi lần một trang được mở là một lượt xem. Tổng gồm cả số mang sang từ hệ thống cũ, nếu có."
          + " Xếp theo lượt xem tháng này.",
      "lượt xem"),
  ENGLISH(
      Language.ENGLISH,
      "Visitor numbers",
      "Numbers of %s (%s), of %s sites",
      "No site has made its numbers public yet.",
      List.of("Site", "Online", "Today", "Yesterday", "This month", "Total"),
      "Sum",
      "A page that is opened is a view. The total includes what was carried over from another"
          + " counter. Sorted by views of this month.",
      "views");

  static final String SNIFFING = "X-Content-Type-Options";

  /** It holds no key and can be made to do nothing, so any page may show it in a frame. */
  static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

  private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("HH:mm dd/MM/yyyy");

  private final Language language;
  private final String title;
  private final String asOf;
  private final String none;
  private final List<String> columns;
  private final String sum;
  private final String hint;
  private final String views;

  GroupPage(
      Language language,
      String title,
      String asOf,
      String none,
      List<String> columns,
      String sum,
      String hint,
      String views) {
    this.language = language;
    this.title = title;
    this.asOf = asOf;
    this.none = none;
    this.columns = columns;
    this.sum = sum;
    this.hint = hint;
    this.views = views;
  }

  String write(GroupSites group) {
    return """
    <!doctype html>
    <html lang="%1$s">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%2$s · %3$s</title>
    <link rel="icon" href="../admin/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="../admin/style/colours.css">
    <link rel="stylesheet" href="../admin/style/base.css">
    <link rel="stylesheet" href="../admin/style/layout.css">
    <link rel="stylesheet" href="../admin/style/cards.css">
    <link rel="stylesheet" href="../admin/style/tables.css">
    <link rel="stylesheet" href="../admin/style/print.css" media="print">
    </head>
    <body>
    <header class="bar"><div class="brand"><img src="../admin/icon.svg" alt="" width="30" height="30"><strong>%3$s</strong></div>
    <nav class="tools">%4$s</nav></header>
    <main>
    <div class="heading"><h1>%2$s</h1><p class="soft">%5$s</p></div>
    %6$s
    <p class="soft">%7$s</p>
    </main>
    </body>
    </html>
    """
        .formatted(
            language.tag(),
            escaped(group.sum().label()),
            title,
            languages(group.sum().label()),
            group.sites().isEmpty() ? "" : asOf(group),
            group.sites().isEmpty() ? "<p class=\"notice\">" + none + "</p>" : table(group),
            hint);
  }

  private String asOf(GroupSites group) {
    String zone = group.sites().get(0).timeZone();
    String moment = MOMENT.format(group.sum().asOf().atZoneSameInstant(ZoneId.of(zone)));
    return asOf.formatted(moment, zone, language.grouped(group.sites().size()));
  }

  private static String languages(String label) {
    String asked = URLEncoder.encode(label, StandardCharsets.UTF_8);
    return "<a href=\"?label=%1$s\" lang=\"vi\">Tiếng Việt</a> <a href=\"?label=%1$s&amp;language=en\" lang=\"en\">English</a>"
        .formatted(asked);
  }

  private String table(GroupSites group) {
    Group.Views all = group.sum().views();
    return """
    <div class="card scroll" tabindex="0" role="group" aria-label="%s">
    <table class="sites">
    <thead><tr>%s</tr></thead>
    <tbody>
    %s
    </tbody>
    <tfoot><tr><th scope="row">%s</th>%s</tr></tfoot>
    </table></div>"""
        .formatted(
            title,
            columns.stream().map(this::head).collect(joining()),
            group.sites().stream().map(this::line).collect(joining("\n")),
            sum,
            numbers(group.sum().online(), all));
  }

  /** All but the names and who is there are views. */
  private String head(String column) {
    int place = columns.indexOf(column);
    String unit = place < 2 ? "" : "<span class=\"hidden\">, " + views + "</span>";
    return "<th scope=\"col\"%s>%s%s</th>"
        .formatted(place == 0 ? "" : " class=\"count\"", column, unit);
  }

  private String line(Member site) {
    String origin = escaped(site.origin());
    return "<tr><th scope=\"row\"><a href=\"%s\" target=\"_blank\" rel=\"noopener\">%s</a> <small class=\"soft\">%s</small></th>%s</tr>"
        .formatted(
            origin,
            escaped(site.name()),
            origin.replaceFirst("^https?://", ""),
            numbers(site.online(), site.views()));
  }

  private String numbers(@Nullable Long online, Group.Views of) {
    return Stream.of(online, of.today(), of.yesterday(), of.month(), of.total())
        .map(number -> "<td class=\"count\">" + shown(number) + "</td>")
        .collect(joining());
  }

  private String shown(@Nullable Long number) {
    return number == null ? "–" : language.grouped(number);
  }
}

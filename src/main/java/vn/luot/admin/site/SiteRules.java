package vn.luot.admin.site;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import vn.luot.refusal.FieldErrors;
import vn.luot.refusal.Refusal;
import vn.luot.site.PageRule;

/** What a site's settings must be; the table {@code site} holds to the same bounds. */
final class SiteRules {
  private static final int MOST_ORIGINS = 100;
  private static final int MOST_PARAMETERS = 20;
  private static final int MOST_CLOSED_PAGES = 1000;

  private SiteRules() {}

  /** The settings with origins and pages in their normal form; refused where one is not allowed. */
  static SiteSettings checked(SiteSettings asked) {
    FieldErrors errors = new FieldErrors();
    errors
        .require(
            asked.id() != null && asked.id().matches("[a-z0-9][a-z0-9-]{0,62}"),
            "id",
            "1 to 63 of a-z, 0-9 and -, beginning with a letter or digit")
        .require(isText(asked.name(), 200), "name", "1 to 200 characters, none of them a control")
        .require(
            asked.origins() != null
                && !asked.origins().isEmpty()
                && asked.origins().size() <= MOST_ORIGINS,
            "origins",
            "1 to " + MOST_ORIGINS + ", such as [\"https://bacninh.example.vn\"]")
        .require(
            isZone(asked.timeZone()),
            "timeZone",
            "the IANA name of a time zone, such as Asia/Ho_Chi_Minh")
        .require(
            asked.pageParameters().size() <= MOST_PARAMETERS
                && asked.pageParameters().stream().allMatch(name -> isText(name, 64)),
            "pageParameters",
            "at most " + MOST_PARAMETERS + " names of 1 to 64 characters")
        .require(
            asked.ratingClosedPages().size() <= MOST_CLOSED_PAGES
                && asked.ratingClosedPages().stream().noneMatch(Objects::isNull),
            "ratingClosedPages",
            "at most " + MOST_CLOSED_PAGES + " paths");
    range(errors, "onlineWindowSeconds", asked.onlineWindowSeconds(), 30, 3600);
    range(errors, "visitGapSeconds", asked.visitGapSeconds(), 60, 14400);
    range(errors, "repeatViewSeconds", asked.repeatViewSeconds(), 0, 3600);
    range(errors, "clientHitsPerMinute", asked.clientHitsPerMinute(), 0, 1_000_000);
    range(errors, "quarantineFactor", asked.quarantineFactor(), 0, 1000);
    range(errors, "quarantineAbovePerMinute", asked.quarantineAbovePerMinute(), 1, 1_000_000);
    if (asked.detailDays() != null) {
      range(errors, "detailDays", asked.detailDays(), 7, 36_500);
    }
    errors.require(
        asked.visitGapSeconds() >= asked.onlineWindowSeconds(),
        "visitGapSeconds",
        "at least onlineWindowSeconds");
    errors.refuseIfAny();
    return normal(asked, errors);
  }

  /** As {@link #checked}, for a site that is there already. */
  static SiteSettings changed(SiteSettings now, SiteSettings asked) {
    SiteSettings changed = checked(asked);
    if (!changed.id().equals(now.id())) {
      throw Refusal.ofField("id", "stays " + now.id() + "; register another site instead");
    }
    return changed;
  }

  private static SiteSettings normal(SiteSettings asked, FieldErrors errors) {
    List<String> origins = asked.origins().stream().map(Origins::normal).toList();
    for (int i = 0; i < origins.size(); i++) {
      errors.require(
          origins.get(i) != null,
          "origins[" + i + "]",
          "scheme http or https, host and perhaps port, without a path");
    }
    errors.refuseIfAny();
    List<String> closed =
        asked.ratingClosedPages().stream()
            .map(path -> PageRule.page(path, asked.pageParameters(), "ratingClosedPages").path())
            .toList();
    return asked.with(
        List.copyOf(new java.util.LinkedHashSet<>(origins)), List.copyOf(new HashSet<>(closed)));
  }

  private static void range(FieldErrors errors, String field, int value, int least, int most) {
    errors.require(
        value >= least && value <= most, field, "a whole number from " + least + " to " + most);
  }

  private static boolean isText(String text, int most) {
    return text != null
        && !text.isBlank()
        && text.codePointCount(0, text.length()) <= most
        && text.codePoints()
            .noneMatch(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF);
  }

  /** Not all of ZoneId: PostgreSQL reads UTC+7 as west of Greenwich, and has no SystemV zones. */
  private static boolean isZone(String zone) {
    return ZoneId.getAvailableZoneIds().contains(zone) && !zone.startsWith("SystemV/");
  }
}

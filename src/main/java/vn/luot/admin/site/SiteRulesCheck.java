package vn.luot.admin.site;

import java.time.ZoneId;
import java.util.Objects;
import vn.luot.admin.call.Text;
import vn.luot.refusal.FieldErrors;
import vn.luot.refusal.Refusal;
import vn.luot.site.Origins;
import vn.luot.site.PageRule;
import vn.luot.site.SiteRules;
import vn.luot.visitor.Prefix;

/** Holds what owners send to what a site's rules may be. */
final class SiteRulesCheck {
  private static final int MOST_ORIGINS = 100;
  private static final int MOST_PARAMETERS = 20;
  private static final int MOST_LABELS = 10;
  private static final int MOST_CLOSED_PAGES = 1000;
  private static final int MOST_NETWORKS = 20;

  private SiteRulesCheck() {}

  static SiteRules checked(SiteRules asked) {
    FieldErrors errors = new FieldErrors();
    errors
        .require(
            asked.id() != null && asked.id().matches("[a-z0-9][a-z0-9-]{0,62}"),
            "id",
            "1 to 63 of a-z, 0-9 and -, beginning with a letter or digit")
        .require(Text.isFit(asked.name(), 200), "name", Text.rule(200))
        .require(
            !asked.origins().isEmpty() && asked.origins().size() <= MOST_ORIGINS,
            "origins",
            "1 to " + MOST_ORIGINS + ", such as [\"https://bacninh.example.vn\"]")
        .require(
            isZone(asked.timeZone()),
            "timeZone",
            "the IANA name of a time zone, such as Asia/Ho_Chi_Minh")
        .require(
            asked.pageParameters().size() <= MOST_PARAMETERS
                && asked.pageParameters().stream().allMatch(name -> Text.isFit(name, 64)),
            "pageParameters",
            "at most " + MOST_PARAMETERS + " names of 1 to 64 characters")
        .require(
            asked.labels().size() <= MOST_LABELS
                && asked.labels().stream().allMatch(label -> Text.isFit(label, 64)),
            "labels",
            "at most " + MOST_LABELS + " of 1 to 64 characters")
        .require(
            asked.ratingClosedPages().size() <= MOST_CLOSED_PAGES
                && asked.ratingClosedPages().stream().noneMatch(Objects::isNull),
            "ratingClosedPages",
            "at most " + MOST_CLOSED_PAGES + " paths")
        .require(
            asked.ignoredNetworks().size() <= MOST_NETWORKS
                && asked.ignoredNetworks().stream().allMatch(SiteRulesCheck::isNetwork),
            "ignoredNetworks",
            "at most " + MOST_NETWORKS + " networks, such as 203.0.113.0/24 or 2001:db8::/48")
        .require(asked.onlineWindowSeconds(), 30, 3600, "onlineWindowSeconds")
        .require(asked.visitGapSeconds(), 60, 14_400, "visitGapSeconds")
        .require(asked.repeatViewSeconds(), 0, 3600, "repeatViewSeconds")
        .require(asked.clientHitsPerMinute(), 0, 1_000_000, "clientHitsPerMinute")
        .require(asked.networkVisitorsPerHour(), 0, 1_000_000, "networkVisitorsPerHour")
        .require(asked.listedAfterNetworks(), 0, 16, "listedAfterNetworks")
        .require(asked.quarantineFactor(), 0, 1000, "quarantineFactor")
        .require(asked.quarantineAbovePerMinute(), 1, 1_000_000, "quarantineAbovePerMinute")
        .require(asked.detailDays(), 7, 36_500, "detailDays");
    errors.require(
        asked.visitGapSeconds() >= asked.onlineWindowSeconds(),
        "visitGapSeconds",
        "at least onlineWindowSeconds");
    for (int i = 0; i < asked.origins().size(); i++) {
      errors.require(
          Origins.normal(asked.origins().get(i)) != null,
          "origins[" + i + "]",
          "scheme http or https, host and perhaps port, without a path");
    }
    errors.refuseIfAny();
    asked
        .ratingClosedPages()
        .forEach(path -> PageRule.page(path, asked.pageParameters(), "ratingClosedPages"));
    return asked;
  }

  /** As {@link #checked}, for a site that is there already. */
  static SiteRules changed(SiteRules now, SiteRules asked) {
    SiteRules changed = checked(asked);
    if (!changed.id().equals(now.id())) {
      throw Refusal.ofField("id", "stays " + now.id() + "; register another site instead");
    }
    return changed;
  }

  private static boolean isNetwork(String network) {
    try {
      return network != null && Prefix.parse(network).bits() >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Not all of ZoneId: PostgreSQL reads UTC+7 as west of Greenwich, and has no SystemV zones. */
  private static boolean isZone(String zone) {
    return ZoneId.getAvailableZoneIds().contains(zone) && !zone.startsWith("SystemV/");
  }
}

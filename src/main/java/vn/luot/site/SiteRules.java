package vn.luot.site;

import java.text.Normalizer;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.refusal.Refusal;

/**
 * What a site's owner sets: in the API, in the column {@code rules} of PostgreSQL and in the pods.
 * Fields that are missing or null take their default, so one version of Luot reads the rules of
 * another. Origins and pages are written in their normal form. A new setting is a component here,
 * and its default.
 */
@Schema(
    name = "Site",
    requiredProperties = {"id", "name", "origins"})
public record SiteRules(
    @Schema(
            description = "The name in URLs; never changes",
            pattern = "^[a-z0-9][a-z0-9-]{0,62}$",
            examples = "bacninh")
        String id,
    @Schema(minLength = 1, maxLength = 200, examples = "Cổng thông tin điện tử Bắc Ninh")
        String name,
    @Schema(
            description = "Exact scheme, host and port of the pages that may call; 1 to 100",
            examples = "[\"https://bacninh.example.vn\"]")
        List<String> origins,
    @Schema(
            description = "IANA time zone in which the site's days begin",
            defaultValue = "Asia/Ho_Chi_Minh")
        String timeZone,
    @Schema(
            description = "A visitor seen within so many seconds is online",
            defaultValue = "300",
            minimum = "30",
            maximum = "3600")
        Integer onlineWindowSeconds,
    @Schema(
            description =
                "A visitor not seen for so many seconds starts a visit; at least the online window",
            defaultValue = "1800",
            minimum = "60",
            maximum = "14400")
        Integer visitGapSeconds,
    @Schema(
            description =
                "A view of the same page by the same visitor within so many seconds is answered and"
                    + " not counted again; 0 counts every view",
            defaultValue = "10",
            minimum = "0",
            maximum = "3600")
        Integer repeatViewSeconds,
    @Schema(
            description = "Most hits of one network (/32, /64) a minute and pod; 0 sets no limit",
            defaultValue = "600",
            minimum = "0",
            maximum = "1000000")
        Integer clientHitsPerMinute,
    @Schema(
            description =
                "Visitors whom one network (/32, /64) brings at once, and again within each hour and"
                    + " pod; a /24 or /48 16 times as many. Others are counted as views only. 0 sets"
                    + " no limit",
            defaultValue = "60",
            minimum = "0",
            maximum = "1000000")
        Integer networkVisitorsPerHour,
    @Schema(description = "Whether calls that name no Origin are refused", defaultValue = "true")
        Boolean requireOrigin,
    @Schema(
            description =
                "Query parameters that identify a page; all others are ignored; at most 20",
            examples = "[\"ItemID\"]")
        List<String> pageParameters,
    @Schema(
            description =
                "Whether a directory's own document in the middle of a path makes no other page: /x"
                    + " and /index.php/x are one",
            defaultValue = "false")
        Boolean ignoreIndexInPaths,
    @Schema(description = "Whether anyone may read the numbers", defaultValue = "true")
        Boolean publicReading,
    @Schema(description = "Whether visitors may vote", defaultValue = "true") Boolean rating,
    @Schema(
            description = "Pages that take no more votes, by path; at most 1000",
            examples = "[\"/tin-tuc/a\"]")
        List<String> ratingClosedPages,
    @Schema(
            description =
                "Whether pages never seen before count together, as ~other, and take no votes",
            defaultValue = "false")
        Boolean knownPagesOnly,
    @Schema(
            description =
                "Public lists have a page once visitors of so many networks (/24, /48) viewed it on"
                    + " one day; 0: at once",
            defaultValue = "2",
            minimum = "0",
            maximum = "16")
        Integer listedAfterNetworks,
    @Schema(
            description =
                "Whether a visitor who sends Sec-GPC or DNT is counted without being recognised",
            defaultValue = "false")
        Boolean respectOptOut,
    @Schema(
            description =
                "Networks, such as of the site's own staff, whose hits and heartbeats count with the"
                    + " robots: in no views, visits, visitors or online; at most 20",
            examples = "[\"203.0.113.0/24\", \"2001:db8::/48\"]")
        List<String> ignoredNetworks,
    @Schema(
            description =
                "Views that come more than so many times as fast as in the site's usual busiest"
                    + " hour are kept apart until they are judged; 0 keeps nothing apart",
            defaultValue = "0",
            minimum = "0",
            maximum = "1000")
        Integer quarantineFactor,
    @Schema(
            description = "Views a minute that are never kept apart, however quiet the site is",
            defaultValue = "600",
            minimum = "1",
            maximum = "1000000")
        Integer quarantineAbovePerMinute,
    @Schema(
            description =
                "What the site is one of, such as a province or a kind, for lists and sums of sites;"
                    + " at most 10, of 1 to 64 characters each",
            examples = "[\"Bắc Ninh\", \"Sở\"]")
        List<String> labels,
    @Schema(
            description =
                "Days for which numbers by page, hour and referrer are kept; null keeps them."
                    + " Totals and days stay in any case",
            nullable = true,
            minimum = "7",
            maximum = "36500")
        Integer detailDays) {
  /** Of 64 letters, each with its marks behind it. */
  private static final int LONGEST_WRITTEN_LABEL = 256;

  public SiteRules {
    origins = or(origins, List.<String>of()).stream().map(SiteRules::origin).distinct().toList();
    timeZone = or(timeZone, "Asia/Ho_Chi_Minh");
    onlineWindowSeconds = or(onlineWindowSeconds, 300);
    visitGapSeconds = or(visitGapSeconds, 1800);
    repeatViewSeconds = or(repeatViewSeconds, 10);
    clientHitsPerMinute = or(clientHitsPerMinute, 600);
    networkVisitorsPerHour = or(networkVisitorsPerHour, 60);
    requireOrigin = or(requireOrigin, true);
    pageParameters = or(pageParameters, List.of());
    ignoreIndexInPaths = or(ignoreIndexInPaths, false);
    publicReading = or(publicReading, true);
    rating = or(rating, true);
    PageRule rule = new PageRule(pageParameters, ignoreIndexInPaths);
    ratingClosedPages =
        or(ratingClosedPages, List.<String>of()).stream()
            .map(path -> page(path, rule))
            .distinct()
            .toList();
    knownPagesOnly = or(knownPagesOnly, false);
    listedAfterNetworks = or(listedAfterNetworks, 2);
    respectOptOut = or(respectOptOut, false);
    labels =
        or(labels, List.<String>of()).stream()
            .map(label -> label == null ? "" : label(label))
            .distinct()
            .toList();
    ignoredNetworks = or(ignoredNetworks, List.of());
    quarantineFactor = or(quarantineFactor, 0);
    quarantineAbovePerMinute = or(quarantineAbovePerMinute, 600);
  }

  /**
   * As labels are compared: one is the same however a keyboard composes its letters. What is longer
   * than any label stays: to compose marks takes time by the square of their number.
   */
  public static String label(String written) {
    return written.length() > LONGEST_WRITTEN_LABEL
        ? written
        : Normalizer.normalize(written.strip(), Normalizer.Form.NFC);
  }

  private static <T> T or(T value, T standard) {
    return value == null ? standard : value;
  }

  /** What is no origin or page stays as it was written, for whoever checks it. */
  private static String origin(String written) {
    String normal = Origins.normal(written);
    return normal == null ? written : normal;
  }

  private static String page(String written, PageRule rule) {
    try {
      return rule.page(written, "ratingClosedPages").path();
    } catch (Refusal refused) {
      return written;
    }
  }
}

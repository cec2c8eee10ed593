package vn.luot.admin.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.site.SiteRow;

/** A site as its owner sees and sets it. Fields that are missing or null take their default. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    name = "Site",
    requiredProperties = {"id", "name", "origins"})
public record SiteSettings(
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
            minimum = "30",
            maximum = "3600",
            defaultValue = "300")
        Integer onlineWindowSeconds,
    @Schema(
            description =
                "A visitor not seen for so many seconds starts a visit; at least the online window",
            minimum = "60",
            maximum = "14400",
            defaultValue = "1800")
        Integer visitGapSeconds,
    @Schema(
            description =
                "A view of the same page by the same visitor within so many seconds is answered and"
                    + " not counted again; 0 counts every view",
            minimum = "0",
            maximum = "3600",
            defaultValue = "10")
        Integer repeatViewSeconds,
    @Schema(
            description = "Most hits of one network (/32, /64) a minute and pod; 0 sets no limit",
            minimum = "0",
            maximum = "1000000",
            defaultValue = "600")
        Integer clientHitsPerMinute,
    @Schema(description = "Whether calls that name no Origin are refused", defaultValue = "true")
        Boolean requireOrigin,
    @Schema(
            description =
                "Query parameters that identify a page; all others are ignored; at most 20",
            examples = "[\"ItemID\"]")
        List<String> pageParameters,
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
                "Whether a visitor who sends Sec-GPC or DNT is counted without being recognised",
            defaultValue = "false")
        Boolean respectOptOut,
    @Schema(
            description =
                "Views that come more than so many times as fast as in the site's usual busiest"
                    + " hour are kept apart until they are judged; 0 keeps nothing apart",
            minimum = "0",
            maximum = "1000",
            defaultValue = "0")
        Integer quarantineFactor,
    @Schema(
            description = "Views a minute that are never kept apart, however quiet the site is",
            minimum = "1",
            maximum = "1000000",
            defaultValue = "600")
        Integer quarantineAbovePerMinute,
    @Schema(
            description =
                "Days for which numbers by page, hour and referrer are kept; null keeps them."
                    + " Totals and days stay in any case",
            minimum = "7",
            maximum = "36500",
            nullable = true)
        Integer detailDays) {

  public SiteSettings {
    SiteRow standard = new SiteRow();
    timeZone = timeZone == null ? standard.timeZone : timeZone;
    onlineWindowSeconds = or(onlineWindowSeconds, standard.onlineWindowSeconds);
    visitGapSeconds = or(visitGapSeconds, standard.visitGapSeconds);
    repeatViewSeconds = or(repeatViewSeconds, standard.repeatViewSeconds);
    clientHitsPerMinute = or(clientHitsPerMinute, standard.clientHitsPerMinute);
    requireOrigin = or(requireOrigin, standard.requireOrigin);
    pageParameters = pageParameters == null ? List.of() : pageParameters;
    publicReading = or(publicReading, standard.publicReading);
    rating = or(rating, standard.rating);
    ratingClosedPages = ratingClosedPages == null ? List.of() : ratingClosedPages;
    knownPagesOnly = or(knownPagesOnly, standard.knownPagesOnly);
    respectOptOut = or(respectOptOut, standard.respectOptOut);
    quarantineFactor = or(quarantineFactor, standard.quarantineFactor);
    quarantineAbovePerMinute = or(quarantineAbovePerMinute, standard.quarantineAbove);
  }

  private static <T> T or(T value, T standard) {
    return value == null ? standard : value;
  }

  static SiteSettings of(SiteRow row) {
    return new SiteSettings(
        row.slug,
        row.name,
        List.of(row.origins),
        row.timeZone,
        row.onlineWindowSeconds,
        row.visitGapSeconds,
        row.repeatViewSeconds,
        row.clientHitsPerMinute,
        row.requireOrigin,
        List.of(row.pageParameters),
        row.publicReading,
        row.rating,
        List.of(row.ratingClosedPages),
        row.knownPagesOnly,
        row.respectOptOut,
        row.quarantineFactor,
        row.quarantineAbove,
        row.detailDays);
  }

  /** Onto a row; the settings are to be checked before. */
  void copyTo(SiteRow row) {
    row.slug = id;
    row.name = name;
    row.origins = origins.toArray(String[]::new);
    row.timeZone = timeZone;
    row.onlineWindowSeconds = onlineWindowSeconds;
    row.visitGapSeconds = visitGapSeconds;
    row.repeatViewSeconds = repeatViewSeconds;
    row.clientHitsPerMinute = clientHitsPerMinute;
    row.requireOrigin = requireOrigin;
    row.pageParameters = pageParameters.toArray(String[]::new);
    row.publicReading = publicReading;
    row.rating = rating;
    row.ratingClosedPages = ratingClosedPages.toArray(String[]::new);
    row.knownPagesOnly = knownPagesOnly;
    row.respectOptOut = respectOptOut;
    row.quarantineFactor = quarantineFactor;
    row.quarantineAbove = quarantineAbovePerMinute;
    row.detailDays = detailDays;
  }

  SiteSettings with(List<String> origins, List<String> ratingClosedPages) {
    return new SiteSettings(
        id,
        name,
        origins,
        timeZone,
        onlineWindowSeconds,
        visitGapSeconds,
        repeatViewSeconds,
        clientHitsPerMinute,
        requireOrigin,
        pageParameters,
        publicReading,
        rating,
        ratingClosedPages,
        knownPagesOnly,
        respectOptOut,
        quarantineFactor,
        quarantineAbovePerMinute,
        detailDays);
  }
}

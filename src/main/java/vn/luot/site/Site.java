package vn.luot.site;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * A registered website as the pods see it.
 *
 * @param id numeric, never reused; what Redis keys and PostgreSQL rows carry
 * @param slug the name in URLs
 * @param origins exact {@code scheme://host[:port]} values a browser may send as Origin
 * @param zone decides where the site's days and hours begin
 * @param onlineWindow a visitor seen within it is online
 * @param visitGap a visitor not seen for it starts a visit
 * @param pageParameters query parameters that identify a page
 * @param requireOrigin whether a request without Origin is refused
 * @param publicReading whether anyone may read the numbers
 * @param rating whether visitors may vote
 * @param ratingClosedPages pages, normalised, that nobody may vote for any more
 * @param repeatView a view repeated within it by the same visitor is answered and not counted; zero
 *     counts every view
 * @param clientHitsPerMinute most hits of one network and minute; 0 sets no limit
 * @param knownPagesOnly whether pages that were never seen before count as {@link Page#OTHER}, and
 *     take no votes
 * @param respectOptOut whether a visitor who sends Sec-GPC or DNT is counted without being known
 * @param quarantineFactor how many times the usual rate of views is a burst, to be kept apart; 0
 *     keeps nothing apart
 * @param quarantineAbove views a minute that are never a burst
 * @param baselineSince when the first opening balance was entered; null where none is in force
 * @param ratingBaselines whether an opening balance of a rating is among them
 * @param revision grows with every change of the site or of its baselines
 */
public record Site(
    int id,
    String slug,
    String name,
    Set<String> origins,
    ZoneId zone,
    Duration onlineWindow,
    Duration visitGap,
    List<String> pageParameters,
    boolean requireOrigin,
    boolean publicReading,
    boolean rating,
    Set<String> ratingClosedPages,
    Duration repeatView,
    int clientHitsPerMinute,
    boolean knownPagesOnly,
    boolean respectOptOut,
    int quarantineFactor,
    int quarantineAbove,
    Instant baselineSince,
    boolean ratingBaselines,
    long revision) {

  /**
   * Added to a site's number, this is the number its quarantined views are counted under: by the
   * same registers, scripts and flush as its own, in the same bucket of Redis, and in no list of
   * sites. The table {@code site} has no number as high.
   */
  private static final int QUARANTINE = 1 << 30;

  public Site {
    origins = Set.copyOf(origins);
    pageParameters = List.copyOf(pageParameters);
    ratingClosedPages = Set.copyOf(ratingClosedPages);
  }

  /** The number that quarantined views of a site are counted under. */
  public static int quarantineId(int id) {
    return id + QUARANTINE;
  }

  public boolean isQuarantine() {
    return id >= QUARANTINE;
  }

  /** What views of a burst are counted into: by the site's rules, apart from it. */
  public Site quarantine() {
    return new Site(
        quarantineId(id),
        slug,
        name,
        origins,
        zone,
        onlineWindow,
        visitGap,
        pageParameters,
        requireOrigin,
        publicReading,
        rating,
        ratingClosedPages,
        repeatView,
        clientHitsPerMinute,
        knownPagesOnly,
        respectOptOut,
        0,
        quarantineAbove,
        baselineSince,
        ratingBaselines,
        revision);
  }

  /** Whether a page of this origin may call; {@code origin} is null where the header is missing. */
  public boolean allows(String origin) {
    return origin == null ? !requireOrigin : origins.contains(origin);
  }
}

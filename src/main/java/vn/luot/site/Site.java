package vn.luot.site;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A registered website.
 *
 * @param id numeric, never reused; what Redis keys and PostgreSQL rows carry
 * @param rules what its owner set
 * @param zone decides where the site's days and hours begin
 * @param baselineSince when the first opening balance was entered; null where none is in force
 * @param ratingBaselines whether an opening balance of a rating is among them
 * @param revision grows with every change of the site or of its baselines
 */
@RegisterForReflection
public record Site(
    int id,
    SiteRules rules,
    ZoneId zone,
    @Nullable Instant baselineSince,
    boolean ratingBaselines,
    long revision) {

  /**
   * Added to a site's number, this is the number its quarantined views are counted under: by the
   * same registers, scripts and flush as its own, in the same bucket of Redis, and in no list of
   * sites. The table {@code site} has no number as high.
   */
  private static final int QUARANTINE = 1 << 30;

  @JsonCreator
  public Site(
      @JsonProperty("id") int id,
      @JsonProperty("rules") SiteRules rules,
      @JsonProperty("baselineSince") @Nullable Instant baselineSince,
      @JsonProperty("ratingBaselines") boolean ratingBaselines,
      @JsonProperty("revision") long revision) {
    this(id, rules, ZoneId.of(rules.timeZone()), baselineSince, ratingBaselines, revision);
  }

  /** The name in URLs. */
  public String slug() {
    return rules.id();
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
    return new Site(quarantineId(id), rules, zone, baselineSince, ratingBaselines, revision);
  }

  /** Whether bursts of views are kept apart. */
  public boolean watchesBursts() {
    return rules.quarantineFactor() > 0 && !isQuarantine();
  }

  /** Whether a page of this origin may call; {@code origin} is null where the header is missing. */
  public boolean allows(@Nullable String origin) {
    return origin == null ? !rules.requireOrigin() : rules.origins().contains(origin);
  }
}

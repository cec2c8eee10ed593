package vn.luot.site;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** A site as PostgreSQL keeps it; {@link SiteRows} reads it by the names of the columns. */
@Entity
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@RegisterForReflection
@Table(name = "site")
public class SiteRow extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Integer id;

  @Column(nullable = false)
  public String slug;

  @Column(nullable = false)
  public String name;

  @Column(nullable = false)
  public String[] origins;

  @Column(name = "time_zone", nullable = false)
  public String timeZone = "Asia/Ho_Chi_Minh";

  @Column(name = "online_window_seconds", nullable = false)
  public int onlineWindowSeconds = 300;

  @Column(name = "visit_gap_seconds", nullable = false)
  public int visitGapSeconds = 1800;

  @Column(name = "page_parameters", nullable = false)
  public String[] pageParameters = {};

  @Column(name = "require_origin", nullable = false)
  public boolean requireOrigin = true;

  @Column(name = "public_reading", nullable = false)
  public boolean publicReading = true;

  @Column(nullable = false)
  public boolean rating = true;

  @Column(name = "rating_closed_pages", nullable = false)
  public String[] ratingClosedPages = {};

  @Column(name = "repeat_view_seconds", nullable = false)
  public int repeatViewSeconds = 10;

  @Column(name = "client_hits_per_minute", nullable = false)
  public int clientHitsPerMinute = 600;

  @Column(name = "known_pages_only", nullable = false)
  public boolean knownPagesOnly;

  @Column(name = "respect_opt_out", nullable = false)
  public boolean respectOptOut;

  @Column(name = "quarantine_factor", nullable = false)
  public int quarantineFactor;

  @Column(name = "quarantine_above", nullable = false)
  public int quarantineAbove = 600;

  /** Days for which numbers by page and hour are kept; null keeps them for ever. */
  @Column(name = "detail_days")
  public Integer detailDays;

  /** When its deletion began; nothing is counted or read from then on. */
  @Column(name = "deleted_at")
  public OffsetDateTime deletedAt;

  /** When the first opening balance was entered; changed only with the balances. */
  @Column(name = "baseline_since", insertable = false, updatable = false)
  public OffsetDateTime baselineSince;

  @Column(name = "rating_baselines", insertable = false, updatable = false)
  public boolean ratingBaselines;

  /** Set by PostgreSQL with every change. */
  @Column(insertable = false, updatable = false)
  public long revision;

  /** Null where there is none, or it is being deleted. To be called within a session. */
  public static Uni<SiteRow> bySlug(String slug) {
    return find("slug = ?1 and deletedAt is null", slug).firstResult();
  }

  public Site toSite() {
    return new Site(
        id,
        slug,
        name,
        Set.copyOf(List.of(origins)),
        ZoneId.of(timeZone),
        Duration.ofSeconds(onlineWindowSeconds),
        Duration.ofSeconds(visitGapSeconds),
        List.of(pageParameters),
        requireOrigin,
        publicReading,
        rating,
        Set.copyOf(List.of(ratingClosedPages)),
        Duration.ofSeconds(repeatViewSeconds),
        clientHitsPerMinute,
        knownPagesOnly,
        respectOptOut,
        quarantineFactor,
        quarantineAbove,
        baselineSince == null ? null : baselineSince.toInstant(),
        ratingBaselines,
        revision);
  }
}

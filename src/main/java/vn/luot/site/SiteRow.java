package vn.luot.site;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
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

  Site toSite() {
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
        Set.copyOf(List.of(ratingClosedPages)));
  }
}

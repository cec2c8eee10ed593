package vn.luot.site.registry;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import vn.luot.site.Site;
import vn.luot.site.SiteRules;

/** A site as PostgreSQL keeps it. */
@Entity
@Table(name = "site")
public class SiteRow extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Integer id;

  /** {@link SiteRules}. */
  @Column(nullable = false)
  public JsonObject rules;

  /** The id among the rules; set by PostgreSQL. */
  @Column(insertable = false, updatable = false)
  public String slug;

  /** When its deletion began; nothing is counted or read from then on. */
  @Column(name = "deleted_at")
  public @Nullable OffsetDateTime deletedAt;

  /** When the first opening balance was entered; changed only with the balances. */
  @Column(name = "baseline_since", insertable = false, updatable = false)
  public @Nullable OffsetDateTime baselineSince;

  @Column(name = "rating_baselines", insertable = false, updatable = false)
  public boolean ratingBaselines;

  /** Set by PostgreSQL with every change. */
  @Column(insertable = false, updatable = false)
  public long revision;

  /** Null where there is none, or it is being deleted. To be called within a session. */
  public static Uni<Site> bySlug(String slug) {
    return rowBySlug(slug).map(row -> row == null || row.deletedAt != null ? null : row.site());
  }

  /** The same, and one that is being deleted. */
  public static Uni<SiteRow> rowBySlug(String slug) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery("SELECT * FROM site WHERE slug = ?1", SiteRow.class)
                    .setParameter(1, slug)
                    .getSingleResultOrNull());
  }

  public SiteRules rules() {
    return rules.mapTo(SiteRules.class);
  }

  public SiteRow set(SiteRules changed) {
    rules = JsonObject.mapFrom(changed);
    return this;
  }

  private Site site() {
    return new Site(
        id,
        rules(),
        baselineSince == null ? null : baselineSince.toInstant(),
        ratingBaselines,
        revision);
  }
}

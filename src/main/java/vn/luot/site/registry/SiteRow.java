package vn.luot.site.registry;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
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

  /** When its deletion began; nothing is counted or read from then on. */
  @Column(name = "deleted_at")
  public @Nullable OffsetDateTime deletedAt;

  public SiteRules rules() {
    return rules.mapTo(SiteRules.class);
  }

  public SiteRow set(SiteRules changed) {
    rules = JsonObject.mapFrom(changed);
    return this;
  }
}

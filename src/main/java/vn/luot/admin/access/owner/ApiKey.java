package vn.luot.admin.access.owner;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** A key to the admin calls as PostgreSQL keeps it: everything but the key. */
@Entity
@Table(name = "api_key")
public class ApiKey extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Integer id;

  /** Null for every site. */
  @Column(name = "site_id")
  public Integer siteId;

  /** Only the sites with this label; null for all of them. */
  public String label;

  @Column(nullable = false)
  public String role;

  @Column(nullable = false)
  public String name;

  @Column(nullable = false)
  public byte[] hash;

  @Column(name = "created_at", nullable = false)
  public OffsetDateTime createdAt;

  @Column(name = "created_by", nullable = false)
  public String createdBy;

  @Column(name = "expires_at")
  public OffsetDateTime expiresAt;

  @Column(name = "revoked_at")
  public OffsetDateTime revokedAt;

  @Column(name = "revoked_by")
  public String revokedBy;

  @Column(name = "last_used_at")
  public OffsetDateTime lastUsedAt;
}

package vn.luot.admin.access;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import vn.luot.site.page.Sha256;

/** A key to the admin calls as PostgreSQL keeps it: everything but the key. */
@Entity
@Table(name = "api_key")
public class ApiKey extends PanacheEntityBase {
  private static final int BYTES = 32;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Integer id;

  /** Null for every site. */
  @Column(name = "site_id")
  public @Nullable Integer siteId;

  /** Only the sites with this label; null for all of them. */
  public @Nullable String label;

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
  public @Nullable OffsetDateTime expiresAt;

  @Column(name = "revoked_at")
  public @Nullable OffsetDateTime revokedAt;

  @Column(name = "revoked_by")
  public @Nullable String revokedBy;

  @Column(name = "last_used_at")
  public @Nullable OffsetDateTime lastUsedAt;

  /** A new key: 256 random bits, in letters that need no quoting anywhere. */
  public static String secret() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return "luot_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** One plain round: nobody can guess 256 random bits, however quick the hash. */
  public static byte[] hash(String secret) {
    return Sha256.digest().digest(secret.getBytes(StandardCharsets.UTF_8));
  }
}

package vn.luot.admin.key;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.access.AccessConfig;
import vn.luot.admin.access.ApiKey;
import vn.luot.admin.access.Owner;
import vn.luot.admin.access.Role;
import vn.luot.admin.key.KeyAnswer.KeyList;
import vn.luot.admin.numbers.Numbers;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.connection.postgres.Rows;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Makes and revokes keys of one site, or, where the site is null, of all. */
@Singleton
record KeyStore(Numbers numbers, AccessConfig config) {
  /** Keys in force, of a site or of all; as many are listed, so that none of these is missing. */
  private static final int MOST = 500;

  private static final String IN_FORCE =
      """
      SELECT count(*) FROM api_key
      WHERE site_id IS NOT DISTINCT FROM $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
      """;

  private static final String LIST =
      """
      SELECT * FROM (
        SELECT id, name, role, label, created_at, created_by, expires_at, revoked_at, revoked_by, last_used_at
        FROM api_key WHERE site_id IS NOT DISTINCT FROM $1 AND role = ANY ($2)
        ORDER BY revoked_at IS NULL AND coalesce(expires_at > now(), true) DESC, id DESC LIMIT $3) AS newest
      ORDER BY id
      """;

  /** Those that the owner hands out. */
  Uni<KeyList> list(@Nullable Integer site, Owner by) {
    String[] roles =
        Stream.of(Role.values()).filter(by.role()::hands).map(Role::label).toArray(String[]::new);
    return numbers
        .query(LIST, Tuple.of(site, roles, MOST))
        .map(rows -> new KeyList(Rows.list(rows, KeyAnswer::of)));
  }

  Uni<KeyAnswer> add(@Nullable Integer site, KeyOrder order, Owner by) {
    OffsetDateTime now = now();
    KeyOrder checked = order.checked(now, site != null, config);
    requireHanded(by, checked.role());
    String secret = ApiKey.secret();
    ApiKey row = new ApiKey();
    row.siteId = site;
    row.label = checked.label();
    row.name = checked.name();
    row.role = checked.role();
    row.hash = ApiKey.hash(secret);
    row.createdAt = now;
    row.createdBy = by.name();
    row.expiresAt = checked.expiresAt();
    return PostgresAnswer.write(
            requireRoom(site)
                .chain(
                    () ->
                        Panache.withTransaction(
                            () -> requireInForce(by).chain(() -> row.<ApiKey>persist()))))
        .map(saved -> KeyAnswer.of(saved, secret));
  }

  /**
   * Anew, whatever the pod trusts: who has just been revoked makes no other key. Locked, so that
   * the key is not revoked before what it does is done.
   */
  private static Uni<Void> requireInForce(Owner by) {
    if (by.key() == null) {
      return Uni.createFrom().voidItem();
    }
    return ApiKey.<ApiKey>findById(by.key(), LockModeType.PESSIMISTIC_READ)
        .invoke(
            key -> {
              if (key == null
                  || key.revokedAt != null
                  || (key.expiresAt != null && key.expiresAt.isBefore(now()))) {
                throw Refusal.of(Reason.UNAUTHENTICATED, "The key is not in force any more.");
              }
            })
        .replaceWithVoid();
  }

  private static void requireHanded(Owner by, String role) {
    if (!by.role().hands(Role.of(role))) {
      throw Refusal.of(
          Reason.NOT_PERMITTED, "Keys of the role " + role + " take the role operator.");
    }
  }

  private Uni<Void> requireRoom(@Nullable Integer site) {
    return numbers
        .query(IN_FORCE, Tuple.of(site))
        .map(rows -> rows.iterator().next().getLong(0))
        .invoke(
            keys -> {
              if (keys >= MOST) {
                throw Refusal.of(
                    Reason.CONFLICT,
                    "There are %d keys in force; revoke one first.".formatted(keys));
              }
            })
        .replaceWithVoid();
  }

  /** Revoking twice changes nothing. */
  Uni<Void> revoke(@Nullable Integer site, int id, Owner by) {
    return PostgresAnswer.write(
        Panache.withTransaction(
            () ->
                requireInForce(by)
                    .chain(() -> find(site, id))
                    .invoke(key -> revoke(key, by))
                    .replaceWithVoid()));
  }

  private static Uni<ApiKey> find(@Nullable Integer site, int id) {
    return ApiKey.<ApiKey>findById(id)
        .map(key -> key != null && Objects.equals(key.siteId, site) ? key : null);
  }

  private static void revoke(ApiKey row, Owner by) {
    if (row == null) {
      throw Refusal.of(Reason.NOT_FOUND, "No key has this id here.");
    }
    requireHanded(by, row.role);
    if (row.revokedAt == null) {
      row.revokedAt = now();
      row.revokedBy = by.name();
    }
  }

  /** As exact as PostgreSQL keeps it. */
  private static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
  }
}

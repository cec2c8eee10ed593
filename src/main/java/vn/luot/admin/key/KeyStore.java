package vn.luot.admin.key;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import vn.luot.admin.access.owner.ApiKey;
import vn.luot.admin.access.owner.Owner;
import vn.luot.admin.access.owner.Secret;
import vn.luot.admin.numbers.Numbers;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Makes and revokes keys of one site, or, where the site is null, of all. */
@ApplicationScoped
class KeyStore {
  /** Keys that are not revoked, of a site or of all; and as many, the newest, are listed. */
  private static final int MOST = 500;

  private static final String OF_SITE = "(siteId = ?1 or (?1 is null and siteId is null))";

  private static final String LIST =
      """
      SELECT * FROM (
        SELECT id, name, role, created_at, created_by, expires_at, revoked_at, last_used_at
        FROM api_key WHERE site_id IS NOT DISTINCT FROM $1 ORDER BY id DESC LIMIT $2) AS newest
      ORDER BY id
      """;

  private final Numbers numbers;

  KeyStore(Numbers numbers) {
    this.numbers = numbers;
  }

  Uni<List<KeyAnswer>> list(Integer site) {
    return numbers
        .query(LIST, Tuple.of(site, MOST))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(KeyAnswer::of).toList());
  }

  Uni<KeyAnswer> add(Integer site, KeyOrder order, Owner by) {
    OffsetDateTime now = now();
    KeyOrder checked = order.checked(now);
    String secret = Secret.fresh();
    ApiKey row = new ApiKey();
    row.siteId = site;
    row.name = checked.name();
    row.role = checked.role();
    row.hash = Secret.hash(secret);
    row.createdAt = now;
    row.createdBy = by.name();
    row.expiresAt = checked.expiresAt();
    return PostgresAnswer.write(
            Panache.withTransaction(
                () ->
                    requireInForce(by)
                        .chain(() -> requireRoom(site))
                        .chain(() -> row.<ApiKey>persist())))
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

  private static Uni<Void> requireRoom(Integer site) {
    return ApiKey.count(OF_SITE + " and revokedAt is null", site)
        .invoke(
            keys -> {
              if (keys >= MOST) {
                throw Refusal.of(
                    Reason.CONFLICT,
                    "There are %d keys that are not revoked; revoke one first.".formatted(keys));
              }
            })
        .replaceWithVoid();
  }

  /** Revoking twice changes nothing. */
  Uni<Void> revoke(Integer site, int id, Owner by) {
    return PostgresAnswer.write(
        Panache.withTransaction(
            () ->
                requireInForce(by)
                    .chain(() -> find(site, id))
                    .invoke(KeyStore::revoke)
                    .replaceWithVoid()));
  }

  private static Uni<ApiKey> find(Integer site, int id) {
    return ApiKey.find(OF_SITE + " and id = ?2", site, id).firstResult();
  }

  private static void revoke(ApiKey row) {
    if (row == null) {
      throw Refusal.of(Reason.NOT_FOUND, "No key has this id here.");
    }
    row.revokedAt = row.revokedAt == null ? now() : row.revokedAt;
  }

  /** As exact as PostgreSQL keeps it. */
  private static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
  }
}

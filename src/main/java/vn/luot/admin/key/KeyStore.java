package vn.luot.admin.key;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import vn.luot.admin.access.ApiKey;
import vn.luot.admin.access.Owner;
import vn.luot.admin.access.Secret;
import vn.luot.connection.PostgresAnswer;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Makes and revokes keys of one site, or, where the site is null, of all. */
@ApplicationScoped
class KeyStore {
  private static final String OF_SITE = "(siteId = ?1 or (?1 is null and siteId is null))";

  Uni<List<KeyAnswer>> list(Integer site) {
    return PostgresAnswer.read(
            Panache.withSession(() -> ApiKey.<ApiKey>list(OF_SITE, Sort.by("id"), site)))
        .map(rows -> rows.stream().map(row -> KeyAnswer.of(row, null)).toList());
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
    return PostgresAnswer.write(Panache.withTransaction(() -> row.<ApiKey>persist()))
        .map(saved -> KeyAnswer.of(saved, secret));
  }

  /** Revoking twice changes nothing. */
  Uni<Void> revoke(Integer site, int id) {
    return PostgresAnswer.write(
            Panache.withTransaction(
                () ->
                    ApiKey.<ApiKey>find(OF_SITE + " and id = ?2", site, id)
                        .firstResult()
                        .invoke(
                            row -> {
                              if (row == null) {
                                throw Refusal.of(Reason.NOT_FOUND, "No key has this id here.");
                              }
                              row.revokedAt = row.revokedAt == null ? now() : row.revokedAt;
                            })))
        .replaceWithVoid();
  }

  /** As exact as PostgreSQL keeps it. */
  private static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
  }
}

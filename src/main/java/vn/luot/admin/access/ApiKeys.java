package vn.luot.admin.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whose a key is. */
@ApplicationScoped
class ApiKeys {
  private static final int MOST_TRUSTED = 10_000;
  private static final int SHORTEST_WITHOUT_WARNING = 32;

  private static final String FIND =
      """
      SELECT id, name, role, site_id FROM api_key
      WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
      """;

  private static final String RECORD_USE =
      """
      UPDATE api_key SET last_used_at = now()
      WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - make_interval(secs => $2))
      """;

  private final Pool pool;
  private final Optional<byte[]> operatorHash;
  private final double recordUseSeconds;

  /** Only keys that were found: a made-up key takes no memory. */
  private final Cache<String, Owner> trusted;

  /**
   * @param operatorKey the first key, with which all others are made; in force as long as it is
   *     set, whatever PostgreSQL holds
   */
  ApiKeys(
      Pool pool,
      AccessConfig config,
      @ConfigProperty(name = "luot.operator-key") Optional<String> operatorKey) {
    this.pool = pool;
    this.operatorHash = operatorKey.map(String::strip).map(ApiKeys::hashOfOperatorKey);
    this.recordUseSeconds = config.recordUseEvery().toSeconds();
    this.trusted =
        Caffeine.newBuilder()
            .maximumSize(MOST_TRUSTED)
            .expireAfterWrite(config.trustKeysFor())
            .build();
  }

  private static byte[] hashOfOperatorKey(String key) {
    if (key.length() < SHORTEST_WITHOUT_WARNING) {
      Log.warn("The operator key is short enough to be guessed: set 32 random characters or more");
    }
    return Secret.hash(key);
  }

  /** Null where the key is unknown, revoked or over. */
  Uni<Owner> find(String secret) {
    byte[] hash = Secret.hash(secret);
    if (operatorHash.isPresent() && MessageDigest.isEqual(operatorHash.get(), hash)) {
      return Uni.createFrom().item(new Owner("first operator key", Role.OPERATOR, null));
    }
    String known = HexFormat.of().formatHex(hash);
    Owner owner = trusted.getIfPresent(known);
    return owner != null ? Uni.createFrom().item(owner) : load(hash, known);
  }

  private Uni<Owner> load(byte[] hash, String known) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(Buffer.buffer(hash)))
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next())
        .map(row -> row == null ? null : trust(row, known));
  }

  private Owner trust(Row row, String known) {
    int id = row.getInteger(0);
    Owner owner =
        new Owner(
            "key " + id + " (" + row.getString(1) + ")",
            Role.of(row.getString(2)),
            row.getInteger(3));
    trusted.put(known, owner);
    recordUse(id);
    return owner;
  }

  /** Beside the call: nobody waits for it, and its failure refuses nothing. */
  private void recordUse(int id) {
    pool.preparedQuery(RECORD_USE)
        .execute(Tuple.of(id, recordUseSeconds))
        .subscribe()
        .with(
            done -> {},
            failure -> Log.debugf("The use of key %d is not recorded: %s", id, failure));
  }
}

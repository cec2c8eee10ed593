package vn.luot.admin.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whose a key is. */
@Singleton
class ApiKeys {
  private static final int MOST_TRUSTED = 10_000;
  private static final int SHORTEST_OPERATOR_KEY = 32;

  /** How long a pod remembers that a key was in force. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private static final String FIND =
      """
      SELECT id, name, role, site_id, label FROM api_key
      WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
      """;

  private static final String RECORD_USE =
      """
      UPDATE api_key SET last_used_at = now()
      WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - make_interval(secs => $2))
      """;

  private final Pool pool;
  private final FailedKeys failures;
  private final Optional<byte[]> operatorHash;
  private final double recordUseSeconds;

  /** Only keys that were found: a made-up key takes no memory. */
  private final Cache<String, Owner> trusted;

  /**
   * Keys that were in force, for the same reason: these are looked up whatever else their network
   * sends.
   */
  private final Cache<String, Boolean> remembered;

  /**
   * @param operatorKey the first key, with which all others are made; in force as long as it is
   *     set, whatever PostgreSQL holds
   */
  ApiKeys(
      Pool pool,
      FailedKeys failures,
      AccessConfig config,
      @ConfigProperty(name = "luot.operator-key") Optional<String> operatorKey) {
    this.pool = pool;
    this.failures = failures;
    this.operatorHash = operatorKey.map(String::strip).map(ApiKeys::hashOfOperatorKey);
    this.recordUseSeconds = config.recordUseEvery().toSeconds();
    this.trusted =
        Caffeine.newBuilder()
            .maximumSize(MOST_TRUSTED)
            .expireAfterWrite(config.trustKeysFor())
            .build();
    this.remembered =
        Caffeine.newBuilder().maximumSize(MOST_TRUSTED).expireAfterWrite(REMEMBERED).build();
  }

  /** Makes this object with the application, so that a short key is refused at start. */
  void start(@Observes StartupEvent start) {
    if (operatorHash.isEmpty()) {
      Log.info(
          "No operator key is set: only keys that were made before are in force. To make the first"
              + " ones, set LUOT_OPERATOR_KEY to 32 random characters or more, as of openssl rand"
              + " -hex 32");
    }
  }

  private static byte[] hashOfOperatorKey(String key) {
    if (key.length() < SHORTEST_OPERATOR_KEY) {
      throw new ConfigurationException(
          "luot.operator-key (LUOT_OPERATOR_KEY) has %d characters and could be guessed: set at least %d random ones, as of openssl rand -hex 32"
              .formatted(key.length(), SHORTEST_OPERATOR_KEY));
    }
    return ApiKey.hash(key);
  }

  /**
   * Null where the key is unknown, revoked or over. One that was never seen in force costs
   * PostgreSQL nothing once its network has used up its tries.
   */
  Uni<Owner> find(String secret, RoutingContext call) {
    byte[] hash = ApiKey.hash(secret);
    if (operatorHash.isPresent() && MessageDigest.isEqual(operatorHash.get(), hash)) {
      return Uni.createFrom()
          .item(new Owner("first operator key", Role.OPERATOR, null, null, null));
    }
    String known = HexFormat.of().formatHex(hash);
    Owner owner = trusted.getIfPresent(known);
    if (owner != null) {
      return Uni.createFrom().item(owner);
    }
    boolean seen = remembered.getIfPresent(known) != null;
    if (!seen && !failures.mayTry(call)) {
      return Uni.createFrom().nullItem();
    }
    return load(hash, known)
        .invoke(
            found -> {
              if (found == null) {
                remembered.invalidate(known);
              } else if (!seen) {
                failures.forgive(call);
              }
            });
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
            Role.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
            row.getInteger(3),
            row.getString(4),
            id);
    trusted.put(known, owner);
    remembered.put(known, true);
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

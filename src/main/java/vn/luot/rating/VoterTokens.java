package vn.luot.rating;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import vn.luot.live.RedisClock;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.total.TokenKeys;
import vn.luot.total.TokenKeys.TokenKey;

/** Issues and verifies voter tokens. */
@ApplicationScoped
class VoterTokens {
  private static final int SECRET_BYTES = 32;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final TokenKeys stored;
  private final RatingConfig config;
  private final RedisClock clock;
  private final SecureRandom random = new SecureRandom();
  private volatile NavigableMap<Integer, TokenKey> keys = new TreeMap<>();

  VoterTokens(TokenKeys stored, RatingConfig config, RedisClock clock) {
    this.stored = stored;
    this.config = config;
    this.clock = clock;
  }

  /** A voter, and the token to give back: the one that came, or a new one. */
  record Voter(UUID id, String token, boolean isNew, long issued) {}

  /** {@code token} is null for somebody who has none yet. */
  Uni<Voter> voter(Site site, String token) {
    return known().map(keys -> token == null ? issue(site, keys) : verify(site, token, keys));
  }

  private Voter issue(Site site, NavigableMap<Integer, TokenKey> keys) {
    TokenKey key = signing(keys);
    UUID id = new UUID(random.nextLong(), random.nextLong());
    long now = clock.millis() / 1000;
    return new Voter(id, new VoterToken(id, now, key.id()).sign(key, site.id()), true, now);
  }

  /** The newest that every pod can verify; where there is none, the newest. */
  private static TokenKey signing(NavigableMap<Integer, TokenKey> keys) {
    return keys.descendingMap().values().stream()
        .filter(TokenKey::known)
        .findFirst()
        .orElseGet(() -> keys.lastEntry().getValue());
  }

  private static Voter verify(Site site, String token, NavigableMap<Integer, TokenKey> keys) {
    VoterToken read = VoterToken.read(token);
    TokenKey key = read == null ? null : keys.get(read.keyId());
    if (key == null || !VoterToken.isSignedBy(token, key, site.id())) {
      throw Refusal.ofField(
          "voter", "send the token this site gave to this voter, or none to be given one");
    }
    return new Voter(read.voter(), token, false, read.issued());
  }

  /** Only a pod that has no key yet waits for PostgreSQL. */
  private Uni<NavigableMap<Integer, TokenKey>> known() {
    return keys.isEmpty() ? load().replaceWith(this::keysOrRefusal) : Uni.createFrom().item(keys);
  }

  private NavigableMap<Integer, TokenKey> keysOrRefusal() {
    if (keys.isEmpty()) {
      throw Refusal.forNow(
          Reason.NOT_STORED, "The keys of voter tokens are not loaded yet; try again.");
    }
    return keys;
  }

  /** Other pods make keys too, and let them ripen before they sign. */
  @Scheduled(every = "{luot.rating.refresh-keys}", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> load() {
    byte[] fresh = new byte[SECRET_BYTES];
    random.nextBytes(fresh);
    return stored
        .load(fresh, config.newKeyEvery())
        .invoke(this::replace)
        .replaceWithVoid()
        .ifNoItem()
        .after(LIMIT)
        .fail()
        .onFailure()
        .invoke(e -> Log.debugf("The keys of voter tokens cannot be read: %s", e.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  private void replace(List<TokenKey> found) {
    NavigableMap<Integer, TokenKey> byId = new TreeMap<>();
    found.forEach(key -> byId.put(key.id(), key));
    keys = byId;
  }
}

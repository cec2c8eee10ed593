package vn.luot.rating;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import vn.luot.live.RedisClock;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Sha256;
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

  /**
   * A voter, and the token to give back: the one that came, or a new one.
   *
   * @param isNew whether nobody can have voted as this voter before
   * @param isFresh whether the token that came was issued a moment ago
   */
  record Voter(UUID id, String token, boolean isNew, boolean isFresh) {}

  Uni<Voter> voter(Site site, VoterClaim claim) {
    return known()
        .map(keys -> claim.voter() == null ? issue(site, claim, keys) : verify(site, claim, keys));
  }

  private Voter issue(Site site, VoterClaim claim, NavigableMap<Integer, TokenKey> keys) {
    boolean isNew = claim.nonce() == null;
    UUID id = isNew ? new UUID(random.nextLong(), random.nextLong()) : ofNonce(site, claim.nonce());
    TokenKey key = signing(keys);
    return new Voter(id, new VoterToken(id, now(), key.id()).sign(key, site.id()), isNew, false);
  }

  /**
   * The same on every pod, whatever was lost: no key is in it. Nobody finds the nonce from it, nor
   * another nonce for the same voter.
   */
  private static UUID ofNonce(Site site, String nonce) {
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(site.id()).array());
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(nonce.getBytes(StandardCharsets.UTF_8)));
    return new UUID(hash.getLong(), hash.getLong());
  }

  private long now() {
    return clock.millis() / 1000;
  }

  /** The newest that every pod can verify; where there is none, the newest. */
  private static TokenKey signing(NavigableMap<Integer, TokenKey> keys) {
    return keys.descendingMap().values().stream()
        .filter(TokenKey::known)
        .findFirst()
        .orElseGet(() -> keys.lastEntry().getValue());
  }

  /** Where a key was lost, who kept the nonce stays the same voter. */
  private Voter verify(Site site, VoterClaim claim, NavigableMap<Integer, TokenKey> keys) {
    String token = claim.voter();
    VoterToken read = VoterToken.read(token);
    TokenKey key = read == null ? null : keys.get(read.keyId());
    if (key != null && VoterToken.isSignedBy(token, key, site.id())) {
      boolean isFresh = now() - read.issued() < config.tokenRipensAfter().toSeconds();
      return new Voter(read.voter(), token, false, isFresh);
    }
    if (claim.nonce() == null) {
      throw Refusal.ofField(
          "voter", "send the token this site gave to this voter, or none to be given one");
    }
    return issue(site, claim, keys);
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

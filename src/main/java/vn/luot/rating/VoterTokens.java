package vn.luot.rating;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Unis;
import vn.luot.live.RedisClock;
import vn.luot.rating.VoteRequest.VoterClaim;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.page.Sha256;
import vn.luot.total.TokenKeys;
import vn.luot.total.TokenKeys.TokenKey;

/** Issues and verifies voter tokens. */
@Singleton
public class VoterTokens {
  private static final int SECRET_BYTES = 32;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final TokenKeys stored;
  private final RatingConfig config;
  private final RedisClock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * By id, the oldest first. A key stays that PostgreSQL does not have any more, and stays revoked
   * where PostgreSQL forgot that.
   */
  private volatile Map<Integer, TokenKey> keys = Map.of();

  VoterTokens(TokenKeys stored, RatingConfig config, RedisClock clock) {
    this.stored = stored;
    this.config = config;
    this.clock = clock;
  }

  /**
   * A voter, and the token to give back: the one that came, or a new one.
   *
   * @param standing what is known of the voter before anybody is asked
   */
  public record Voter(UUID id, String token, Standing standing) {}

  public enum Standing {
    /** Nobody can have voted as this voter before. */
    NEW,
    /** Came without a token: may have voted, most did not. */
    HARDLY_VOTED,
    /** Came with a token that was issued a moment ago. */
    FRESH_TOKEN,
    VOTED
  }

  public Uni<Voter> voter(Site site, VoterClaim claim) {
    return known()
        .map(
            keys ->
                claim.voter() == null
                    ? issue(site, claim, keys)
                    : verify(site, claim, claim.voter(), keys));
  }

  private Voter issue(Site site, VoterClaim claim, Map<Integer, TokenKey> keys) {
    UUID id =
        claim.nonce() == null
            ? new UUID(random.nextLong(), random.nextLong())
            : ofNonce(site, claim.nonce());
    TokenKey key = Objects.requireNonNull(signing(keys));
    String token = new VoterToken(id, now(), key.id()).sign(key, site.id());
    return new Voter(id, token, claim.nonce() == null ? Standing.NEW : Standing.HARDLY_VOTED);
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

  /** The newest in force that every pod can verify; where there is none, the newest in force. */
  private static @Nullable TokenKey signing(Map<Integer, TokenKey> keys) {
    TokenKey signing = null;
    for (TokenKey key : keys.values()) {
      boolean better = key.known() || signing == null || !signing.known();
      signing = key.isInForce() && better ? key : signing;
    }
    return signing;
  }

  /** Where a key was lost or revoked, who kept the nonce stays the same voter. */
  private Voter verify(Site site, VoterClaim claim, String token, Map<Integer, TokenKey> keys) {
    VoterToken read = VoterToken.read(token);
    TokenKey key = read == null ? null : keys.get(read.keyId());
    if (read != null
        && key != null
        && key.isInForce()
        && VoterToken.isSignedBy(token, key, site.id())) {
      boolean isFresh = now() - read.issued() < config.tokenRipensAfter().toSeconds();
      return new Voter(read.voter(), token, isFresh ? Standing.FRESH_TOKEN : Standing.VOTED);
    }
    if (claim.nonce() == null) {
      throw Refusal.ofField(
          "voter", "send the token this site gave to this voter, or none to be given one");
    }
    return issue(site, claim, keys);
  }

  /** Only a pod that has no key in force waits for PostgreSQL. */
  private Uni<Map<Integer, TokenKey>> known() {
    Map<Integer, TokenKey> now = keys;
    return signing(now) == null
        ? load().replaceWith(this::keysOrRefusal)
        : Uni.createFrom().item(now);
  }

  private Map<Integer, TokenKey> keysOrRefusal() {
    Map<Integer, TokenKey> now = keys;
    if (signing(now) == null) {
      throw Refusal.forNow(
          Reason.NOT_STORED, "The keys of voter tokens are not loaded yet; try again.");
    }
    return now;
  }

  /** Other pods make keys too, and let them ripen before they sign. */
  @Scheduled(every = "{luot.rating.refresh-keys}", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> load() {
    byte[] fresh = new byte[SECRET_BYTES];
    random.nextBytes(fresh);
    return stored
        .load(fresh, config.newKeyEvery())
        .call(found -> stored.putBack(lost(found)))
        .invoke(this::replace)
        .replaceWithVoid()
        .plug(Unis.within(LIMIT))
        .plug(
            Unis.orNull(
                e -> Log.debugf("The keys of voter tokens cannot be read: %s", e.getMessage())));
  }

  /** Keys, or that they were revoked. */
  private List<TokenKey> lost(List<TokenKey> found) {
    Map<Integer, TokenKey> byId =
        found.stream().collect(Collectors.toMap(TokenKey::id, key -> key, (one, same) -> one));
    return keys.values().stream().filter(key -> isLost(key, byId.get(key.id()))).toList();
  }

  private static boolean isLost(TokenKey key, @Nullable TokenKey found) {
    return found == null || found.isInForce() && !key.isInForce();
  }

  private void replace(List<TokenKey> found) {
    Map<Integer, TokenKey> byId = new LinkedHashMap<>();
    Stream.concat(found.stream(), lost(found).stream())
        .sorted(Comparator.comparing(TokenKey::created))
        .forEach(key -> byId.put(key.id(), key));
    keys = byId;
  }
}

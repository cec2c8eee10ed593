package vn.luot.rating;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Map;
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

  private final TokenKeys stored;
  private final RatingConfig config;
  private final RedisClock clock;
  private final SecureRandom random = new SecureRandom();
  private volatile TreeMap<Integer, TokenKey> keys = new TreeMap<>();
  private volatile long loadedAt;

  VoterTokens(TokenKeys stored, RatingConfig config, RedisClock clock) {
    this.stored = stored;
    this.config = config;
    this.clock = clock;
  }

  /** A voter, and the token to give back: the one that came, or a new one. */
  record Voter(UUID id, String token, boolean isNew, long issued) {}

  /** {@code token} is null for somebody who has none yet. */
  Uni<Voter> voter(Site site, String token) {
    return loaded(false).flatMap(known -> token == null ? issue(site) : verify(site, token));
  }

  private Uni<Voter> issue(Site site) {
    TokenKey key = keys.lastEntry().getValue();
    UUID id = new UUID(random.nextLong(), random.nextLong());
    long now = clock.millis() / 1000;
    String token = new VoterToken(id, now, key.id()).sign(key, site.id());
    return Uni.createFrom().item(new Voter(id, token, true, now));
  }

  private Uni<Voter> verify(Site site, String token) {
    VoterToken read = VoterToken.read(token);
    if (read == null) {
      return Uni.createFrom().failure(forged());
    }
    // Another pod may have made the key a moment ago.
    return loaded(!keys.containsKey(read.keyId()))
        .map(known -> known.get(read.keyId()))
        .map(
            key -> {
              if (key == null || !VoterToken.isSignedBy(token, key, site.id())) {
                throw forged();
              }
              return new Voter(read.voter(), token, false, read.issued());
            });
  }

  /** An unknown key is asked for once in a while only: anyone can make one up. */
  private Uni<Map<Integer, TokenKey>> loaded(boolean again) {
    long age = System.nanoTime() - loadedAt;
    boolean due = keys.isEmpty() || age > config.refreshKeys().toNanos();
    if (!due && !(again && age > config.refreshKeys().toNanos() / 60)) {
      return Uni.createFrom().item(keys);
    }
    byte[] fresh = new byte[SECRET_BYTES];
    random.nextBytes(fresh);
    return stored
        .load(fresh, config.newKeyEvery())
        .invoke(
            found -> {
              TreeMap<Integer, TokenKey> byId = new TreeMap<>();
              found.forEach(key -> byId.put(key.id(), key));
              keys = byId;
              loadedAt = System.nanoTime();
            })
        .replaceWith(() -> (Map<Integer, TokenKey>) keys)
        .onFailure()
        .recoverWithUni(this::lastKnown);
  }

  private Uni<Map<Integer, TokenKey>> lastKnown(Throwable failure) {
    Log.debugf("The keys of voter tokens cannot be read: %s", failure.getMessage());
    if (keys.isEmpty()) {
      return Uni.createFrom()
          .failure(
              Refusal.forNow(
                  Reason.NOT_STORED, "The keys of voter tokens are not loaded yet; try again."));
    }
    loadedAt = System.nanoTime();
    return Uni.createFrom().item(keys);
  }

  private static Refusal forged() {
    return Refusal.ofField(
        "voter", "send the token this site gave to this voter, or none to be given one");
  }
}

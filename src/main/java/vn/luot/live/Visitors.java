package vn.luot.live;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Period;
import vn.luot.site.Site;
import vn.luot.visitor.Caller;
import vn.luot.visitor.ClientAddress;
import vn.luot.visitor.DaySalt;
import vn.luot.visitor.Network;

/** Who sent a request, as far as anybody will know. */
@Singleton
public record Visitors(RedisClock clock, Salts salts, ClientAddress addresses) {
  /**
   * The networks a request came from on a site's day, hashed like visitors, the narrowest first.
   */
  public CompletionStage<Networks> networksOf(Site site, Caller caller) {
    List<byte[]> around = Network.around(addresses.of(caller));
    return salt(site)
        .thenApply(
            salt ->
                new Networks(
                    salt.day(), around.stream().map(it -> salt.network(site.id(), it)).toList()));
  }

  /** Hashes that nobody can compute again once the day is over. */
  public record Networks(LocalDate day, List<Long> narrowestFirst) {}

  /** One browser at one address on one day, told apart by all that its headers say of it. */
  public CompletionStage<String> senderOf(Site site, Caller caller) {
    byte[] address = addresses.of(caller);
    String headers = caller.header("User-Agent") + "\n" + caller.header("Accept-Language");
    return salt(site)
        .thenApply(salt -> salt.sender(site.id(), address, headers))
        .thenApply(Long::toHexString);
  }

  /**
   * What the day's hashes are made with. Completes at once but for the first request of a day,
   * which fetches it.
   */
  public CompletionStage<DaySalt> salt(Site site) {
    Period period = clock.period(site);
    DaySalt known = salts.known(site, period);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return salts
        .fetch(site, period)
        .toCompletionStage()
        .exceptionally(
            failure -> {
              throw Refusal.forNow(Reason.NOT_STORED, "Redis does not answer; send it again.");
            });
  }

  /**
   * The random salts that visitor hashes of a local day are made with, the same in every pod. Redis
   * deletes one when the last visit of its day can no longer go on; then nobody can make that day's
   * hashes again.
   */
  @Singleton
  public static class Salts {
    /** The longest visit gap a site may have: for so long a visit of yesterday may go on. */
    private static final Duration OVERLAP = Duration.ofHours(4);

    private static final int BYTES = 32;

    private final RedisCommands redis;
    private final RedisClock clock;
    private final Epochs epochs;
    private final SecureRandom random = new SecureRandom();
    private final Map<ZoneId, Known> current = new ConcurrentHashMap<>();

    Salts(RedisCommands redis, RedisClock clock, Epochs epochs) {
      this.redis = redis;
      this.clock = clock;
      this.epochs = epochs;
    }

    /** {@code epochs}: a Redis that lost its history may have lost the salt as well. */
    private record Known(DaySalt salt, int epochs) {}

    /** The salt of the site's day if this pod has it, else null: then {@link #fetch} it. */
    public @Nullable DaySalt known(Site site, Period period) {
      Known known = current.get(site.zone());
      if (known == null
          || known.epochs != epochs.changes()
          || !known.salt.day().equals(period.day())) {
        return null;
      }
      long now = clock.millis();
      DaySalt kept = known.salt.at(now, OVERLAP);
      if (kept != known.salt) {
        current.put(site.zone(), new Known(kept, known.epochs));
      }
      return kept.at(now, Duration.ofSeconds(site.rules().visitGapSeconds()));
    }

    public Future<DaySalt> fetch(Site site, Period period) {
      ZoneId zone = site.zone();
      LocalDate day = period.day();
      int changes = epochs.changes();
      long begin = Period.startOf(day, zone);
      boolean overlapping = clock.millis() - begin < OVERLAP.toMillis();
      Future<byte[]> before =
          overlapping ? get(Keys.salt(zone.getId(), day.minusDays(1))) : Future.succeededFuture();
      long end = Period.startOf(day.plusDays(1), zone) + OVERLAP.toMillis();
      return before
          .compose(
              old ->
                  getOrMake(Keys.salt(zone.getId(), day), end)
                      .map(salt -> new DaySalt(day, begin, salt, old)))
          .onSuccess(salt -> current.put(zone, new Known(salt, changes)));
    }

    private Future<byte[]> get(String key) {
      return redis.send(Request.cmd(Command.GET).arg(key)).map(Salts::bytes);
    }

    private Future<byte[]> getOrMake(String key, long deleteAt) {
      byte[] fresh = new byte[BYTES];
      random.nextBytes(fresh);
      String hex = HexFormat.of().formatHex(fresh);
      return redis
          .send(
              Request.cmd(Command.SET)
                  .arg(key)
                  .arg(hex)
                  .arg("NX")
                  .arg("GET")
                  .arg("PXAT")
                  .arg(deleteAt))
          .map(stored -> stored == null ? fresh : bytes(stored));
    }

    private static byte @Nullable [] bytes(Response stored) {
      return stored == null ? null : HexFormat.of().parseHex(stored.toString());
    }
  }
}

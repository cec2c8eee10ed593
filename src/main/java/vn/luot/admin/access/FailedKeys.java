package vn.luot.admin.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.visitor.Caller;
import vn.luot.visitor.ClientAddress;
import vn.luot.visitor.Network;

/**
 * How many keys each network tried that are not in force, so that trying is slow and costs
 * PostgreSQL nothing. Networks beyond what is kept are forgotten, oldest first: 256 bits are not
 * found by trying anyway.
 */
@Singleton
public class FailedKeys {
  private static final int MOST_NETWORKS = 10_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ClientAddress addresses;
  private final int limit;
  private final Cache<String, AtomicInteger> tries =
      Caffeine.newBuilder().maximumSize(MOST_NETWORKS).expireAfterWrite(MINUTE).build();

  FailedKeys(ClientAddress addresses, AccessConfig config) {
    this.addresses = addresses;
    this.limit = config.failuresPerMinute();
  }

  /**
   * Counts a key before it is looked up, so that many at once are not all looked up. False where
   * the caller's network has used up its tries.
   */
  boolean mayTry(RoutingContext call) {
    return tries(call).incrementAndGet() <= limit;
  }

  /** The key was in force. */
  void forgive(RoutingContext call) {
    tries(call).decrementAndGet();
  }

  private AtomicInteger tries(RoutingContext call) {
    return tries.get(network(call), n -> new AtomicInteger());
  }

  /** What the failed attempt is answered with. */
  public Refusal refusal(RoutingContext call) {
    return tries(call).get() > limit
        ? Refusal.after(
            Reason.TOO_MANY, "Too many unknown keys came from your network; wait.", MINUTE)
        : Refusal.of(
            Reason.UNAUTHENTICATED,
            "Send Authorization: Bearer <key> with a key that is in force.");
  }

  private String network(RoutingContext call) {
    return HexFormat.of().formatHex(Network.of(addresses.of(Caller.of(call.request()))));
  }
}

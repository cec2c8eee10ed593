package vn.luot.admin.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.visitor.Caller;
import vn.luot.visitor.ClientAddress;
import vn.luot.visitor.Network;

/**
 * How often each network tried keys that do not exist, so that trying is slow. Networks beyond what
 * is kept are forgotten, oldest first: 256 bits are not found by trying anyway.
 */
@ApplicationScoped
class FailedKeys {
  private static final int MOST_NETWORKS = 10_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final CurrentVertxRequest request;
  private final ClientAddress addresses;
  private final int limit;
  private final Cache<String, AtomicInteger> failures =
      Caffeine.newBuilder().maximumSize(MOST_NETWORKS).expireAfterWrite(MINUTE).build();

  FailedKeys(CurrentVertxRequest request, ClientAddress addresses, AccessConfig config) {
    this.request = request;
    this.addresses = addresses;
    this.limit = config.failuresPerMinute();
  }

  /**
   * What the failed attempt is answered with. A key in force is never refused for others' tries.
   */
  Refusal refusal() {
    int failed = failures.get(network(), n -> new AtomicInteger()).incrementAndGet();
    return failed > limit
        ? Refusal.after(
            Reason.TOO_MANY, "Too many unknown keys came from your network; wait.", MINUTE)
        : Refusal.of(
            Reason.UNAUTHENTICATED,
            "Send Authorization: Bearer <key> with a key that is in force.");
  }

  private String network() {
    return HexFormat.of()
        .formatHex(Network.of(addresses.of(Caller.of(request.getCurrent().request()))));
  }
}

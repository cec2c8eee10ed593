package vn.luot.hit.batch;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import vn.luot.direct.DirectCounts;
import vn.luot.live.SiteNumbers;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** A hit on its way to Redis, and whoever waits for the answer. */
final class WaitingHit {
  final Hit hit;
  final long since;
  final CompletableFuture<SiteNumbers> answer = new CompletableFuture<>();

  WaitingHit(Hit hit, long since) {
    this.hit = hit;
    this.since = since;
  }

  /** Where Redis cannot be reached: refused, or counted in PostgreSQL if that is wanted. */
  void neverSent(@Nullable DirectCounts direct) {
    if (direct == null || !direct.isWanted() || hit.sender().robot()) {
      notStored();
    } else if (hit.page() == null) {
      answer.complete(SiteNumbers.UNKNOWN);
    } else {
      direct
          .count(hit.into(), hit.page(), hit.title())
          .whenComplete(
              (done, failure) -> {
                if (failure == null) {
                  answer.complete(SiteNumbers.UNKNOWN);
                } else {
                  answer.completeExceptionally(failure);
                }
              });
    }
  }

  /** Not answered as counted: it may be counted once or not at all. */
  void notStored() {
    answer.completeExceptionally(
        Refusal.forNow(Reason.NOT_STORED, "Redis did not confirm the hit in time; send it again."));
  }
}

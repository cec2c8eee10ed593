package vn.luot.hit;

import java.util.concurrent.CompletableFuture;
import vn.luot.live.SiteNumbers;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** A hit on its way to Redis, and whoever waits for the answer. */
final class WaitingHit {
  final Hit hit;
  final long since;
  final CompletableFuture<LiveCount> answer = new CompletableFuture<>();

  WaitingHit(Hit hit, long since) {
    this.hit = hit;
    this.since = since;
  }

  void counted(SiteNumbers numbers) {
    answer.complete(
        new LiveCount(
            numbers.epoch(),
            numbers.day(),
            numbers.online(),
            numbers.dayViews(),
            numbers.dayVisits(),
            hit.page() == null ? null : numbers.pages().get(hit.page())));
  }

  /** Not answered as counted: it may be counted once or not at all. */
  void notStored() {
    answer.completeExceptionally(
        Refusal.forNow(Reason.NOT_STORED, "Redis did not confirm the hit in time; send it again."));
  }
}

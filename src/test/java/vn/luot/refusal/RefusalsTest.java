package vn.luot.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  @Test
  void aRefusalIsFoundBehindTheStagesItPassed() {
    Refusal refusal = Refusal.forNow(Reason.NOT_READABLE, "Redis does not answer; try again.");
    AtomicReference<Throwable> told = new AtomicReference<>();
    CompletableFuture.failedFuture(refusal)
        .thenApply(never -> never)
        .whenComplete((never, failure) -> told.set(failure));
    assertSame(refusal, Refusals.of(told.get()));
  }

  @Test
  void whatIsNoRefusalIsAnErrorOfOurs() {
    assertEquals(Reason.INTERNAL, Refusals.of(new CompletionException(null)).reason());
    assertEquals(Reason.INTERNAL, Refusals.of(new IllegalStateException("test")).reason());
  }
}

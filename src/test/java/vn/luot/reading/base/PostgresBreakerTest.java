package vn.luot.reading.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PostgresBreakerTest {
  private static final long HURRY = Duration.ofSeconds(1).toNanos();

  private final AtomicLong nanos = new AtomicLong();
  private final PostgresBreaker breaker = new PostgresBreaker(50, HURRY, nanos::get);
  private final CompletableFuture<String> never = new CompletableFuture<>();

  private CompletableFuture<String> await(CompletableFuture<String> loading) {
    return breaker.await(loading).toCompletableFuture();
  }

  private void waitInVain() throws Exception {
    assertNull(await(never).get(1, TimeUnit.MINUTES));
  }

  @Test
  void whoeverComesAfterOneThatWaitedInVainDoesNotWait() throws Exception {
    waitInVain();
    CompletableFuture<String> next = await(never);
    assertTrue(next.isDone());
    assertNull(next.get());
    assertFalse(never.isDone());
  }

  @Test
  void afterAWhileOneWaitsAgain() throws Exception {
    waitInVain();
    nanos.addAndGet(HURRY);
    assertFalse(await(never).isDone());
  }

  @Test
  void whatIsKnownIsGivenInAnyCase() throws Exception {
    waitInVain();
    assertEquals("known", await(CompletableFuture.completedFuture("known")).get());
  }

  @Test
  void aFailureIsNoAnswerAndNoReasonToHurry() throws Exception {
    assertNull(await(CompletableFuture.failedFuture(new IllegalStateException())).get());
    assertFalse(await(never).isDone());
  }
}

package vn.luot.reading.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import vn.luot.reading.base.SiteBase.MonotoneNumbers;

class MonotoneNumbersTest {
  private static Sums of(long n) {
    return new Sums(n, n, n, n, n, n);
  }

  @Test
  void numbersThatWereShownStayUntilTheTrueOnesHavePassedThem() {
    MonotoneNumbers numbers = new MonotoneNumbers();
    numbers.shown(of(9), of(9));
    numbers.lost();
    assertEquals(of(9), numbers.shown(of(3), of(3)).views());
    assertEquals(of(10), numbers.shown(of(10), of(10)).views());
    assertEquals(of(4), numbers.shown(of(4), of(4)).views());
  }

  /** One loop learns that the true numbers have passed while another one shows them. */
  @Test
  void severalLoopsShowThemAtOnce() {
    MonotoneNumbers numbers = new MonotoneNumbers();
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                numbers.lost();
                numbers.shown(of(5), of(5));
              }
            });
    for (int i = 0; i < 2_000_000; i++) {
      numbers.shown(of(5), of(5));
    }
    over.set(true);
    other.join();
  }
}

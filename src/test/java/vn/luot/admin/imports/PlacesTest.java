package vn.luot.admin.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

class PlacesTest {
  private static final long MOST = 1 << 20;

  private final Places places = new Places(3, 1, MOST, Duration.ofHours(1));

  private static byte[] unpackable(int bytes) {
    byte[] random = new byte[bytes];
    new Random(1).nextBytes(random);
    return random;
  }

  private Reason refusal(int site) {
    return assertThrows(Refusal.class, () -> places.take(site)).reason();
  }

  @Test
  void oneFileOfASiteIsKeptAndSoManyOfAll() {
    Places.Place first = places.take(1);
    assertEquals(Reason.CONFLICT, refusal(1));
    places.take(2);
    places.take(3);
    assertEquals(Reason.OVERLOADED, refusal(4));
    first.leave();
    places.take(4);
  }

  @Test
  void theSlowestIsGivenUpWhereTheyTakeTooMuchMemory() {
    Places.Place slow = places.take(1);
    slow.add(unpackable(200_000));
    Places.Place fast = places.take(2);
    fast.add(unpackable(1_000_000));
    assertTrue(slow.arrived.isCompletedExceptionally());
    assertFalse(fast.arrived.isDone());
    places.take(1);
  }

  @Test
  void oneFileAloneMayHaveAllOfTheMemory() {
    Places.Place only = places.take(1);
    only.add(unpackable(1_200_000));
    assertFalse(only.arrived.isDone());
  }

  @Test
  void theyAreWorkedOnInTurnAndALeavingOneMakesRoomOnce() {
    Places.Place first = places.take(1);
    Places.Place second = places.take(2);
    Places.Place third = places.take(3);
    CompletableFuture<Void> works = first.turn().subscribeAsCompletionStage();
    CompletableFuture<Void> waits = second.turn().subscribeAsCompletionStage();
    CompletableFuture<Void> last = third.turn().subscribeAsCompletionStage();
    assertTrue(works.isDone());
    assertFalse(waits.isDone());
    first.leave();
    first.leave();
    assertTrue(waits.isDone());
    assertFalse(last.isDone());
    second.leave();
    assertTrue(last.isDone());
  }
}

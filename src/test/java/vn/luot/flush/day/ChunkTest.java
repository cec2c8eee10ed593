package vn.luot.flush.day;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vn.luot.flush.day.Chunk.Pace;

class ChunkTest {
  private static final int CHUNKS = 200;
  private static final Pace PACE = new Pace(1);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<WeakReference<int[]>> read = new ArrayList<>();
  private final List<Integer> taken = new ArrayList<>();
  private final List<Integer> confirmed = new ArrayList<>();

  /** As Redis would answer: on another thread, so that nothing completes while it is asked for. */
  private Uni<Chunk<int[]>> read(String cursor) {
    return Uni.createFrom()
        .item(
            () -> {
              int number = Integer.parseInt(cursor);
              int[] rows = {number};
              read.add(new WeakReference<>(rows));
              return new Chunk<>(rows, Integer.toString((number + 1) % CHUNKS));
            })
        .onItem()
        .delayIt()
        .by(Duration.ofMillis(1));
  }

  private Uni<Void> take(int[] rows) {
    return Uni.createFrom()
        .item(() -> taken.add(rows[0]))
        .onItem()
        .delayIt()
        .by(Duration.ofMillis(1))
        .replaceWithVoid();
  }

  private Uni<Void> confirm(int[] rows) {
    assertTrue(taken.contains(rows[0]), "confirmed before it was taken: " + rows[0]);
    return Uni.createFrom().item(() -> confirmed.add(rows[0])).replaceWithVoid();
  }

  @Test
  void takesAndConfirmsAllInTheirOrder() {
    Chunk.takeAll(PACE, this::read, this::take, this::confirm).await().atMost(LIMIT);
    List<Integer> all = IntStream.range(0, CHUNKS).boxed().toList();
    assertEquals(all, taken);
    assertEquals(all, confirmed);
  }

  @Test
  void holdsThreeChunksHoweverManyThereAre() {
    Chunk.takeAll(
            PACE,
            this::read,
            rows -> rows[0] == CHUNKS - 1 ? countHeld(rows) : take(rows),
            rows -> Uni.createFrom().voidItem())
        .await()
        .atMost(LIMIT);
    assertEquals(CHUNKS, read.size());
    assertTrue(taken.get(taken.size() - 1) <= 3, "held: " + taken.get(taken.size() - 1));
  }

  private Uni<Void> countHeld(int[] rows) {
    System.gc();
    taken.add((int) read.stream().filter(chunk -> chunk.get() != null).count());
    return take(rows).invoke(() -> taken.remove(taken.size() - 1));
  }

  @Test
  void restsAfterEveryChunkButTheLast() {
    List<Integer> takenBefore = new ArrayList<>();
    Pace pace =
        new Pace(
            1,
            () ->
                Uni.createFrom()
                    .item(() -> takenBefore.add(taken.size()))
                    .onItem()
                    .delayIt()
                    .by(Duration.ofMillis(1))
                    .replaceWithVoid());
    Chunk.takeAll(pace, this::read, this::take, this::confirm).await().atMost(LIMIT);
    assertEquals(IntStream.range(1, CHUNKS).boxed().toList(), takenBefore);
  }

  @Test
  void endsWhereOneCannotBeTaken() {
    Uni<Void> flush =
        Chunk.takeAll(
            PACE,
            this::read,
            rows ->
                rows[0] == 3
                    ? Uni.createFrom().failure(new IllegalStateException("3"))
                    : take(rows),
            this::confirm);
    assertThrows(IllegalStateException.class, () -> flush.await().atMost(LIMIT));
    assertEquals(List.of(0, 1, 2), taken);
    assertFalse(confirmed.contains(3));
  }
}

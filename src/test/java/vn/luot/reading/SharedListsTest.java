package vn.luot.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSite;
import vn.luot.reading.PagesReader.PageNumbers;
import vn.luot.reading.base.Rating;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

class SharedListsTest {
  private static final Duration LIFETIME = Duration.ofSeconds(2);

  private static final Rating.Summary NO_VOTES = Rating.Summary.of(0, 0);

  private final AtomicLong nanos = new AtomicLong();
  private final List<CompletableFuture<PageNumbers>> readings = new ArrayList<>();
  private final Site site = SampleSite.servedAt("https://portal.example");
  private final SharedLists lists = shared(10);

  private SharedLists shared(int most) {
    return new SharedLists(
        (site, paths) -> {
          if (paths.contains("/..")) {
            throw Refusal.ofField("path", "wrong");
          }
          readings.add(new CompletableFuture<>());
          return readings.get(readings.size() - 1);
        },
        new ObjectMapper(),
        most,
        LIFETIME,
        nanos::get);
  }

  private CompletableFuture<SharedLists.Listed> ask(String path) {
    return lists.read(site, "path=" + path, () -> List.of(path));
  }

  private static PageNumbers numbers(Long views, Rating.Summary rating) {
    return new PageNumbers(List.of(new PageNumbers.PageNumber("/a", views, rating, null)));
  }

  @Test
  void whoeverAsksWithinTheTimeIsGivenTheSame() {
    CompletableFuture<SharedLists.Listed> first = ask("/a");
    assertSame(first, ask("/a"), "also while it is being read");
    readings.get(0).complete(numbers(7L, NO_VOTES));
    nanos.addAndGet(LIFETIME.toNanos() - 1);
    assertSame(first, ask("/a"));
    assertTrue(
        new String(first.join().written().json(), UTF_8)
            .startsWith("{\"pages\":[{\"path\":\"/a\",\"views\":7,"));
    nanos.addAndGet(1);
    ask("/a");
    ask("/b");
    assertEquals(3, readings.size());
  }

  @Test
  void aFailureIsGivenOnlyToThoseWhoWaited() {
    CompletableFuture<SharedLists.Listed> first = ask("/a");
    readings.get(0).completeExceptionally(new IllegalStateException("Redis is down"));
    assertTrue(first.isCompletedExceptionally());
    ask("/a");
    readings.get(1).complete(numbers(8L, NO_VOTES));
    assertTrue(ask("/a").isDone());
    assertEquals(2, readings.size());
  }

  @Test
  void aListInWhichANumberIsNotKnownIsGivenOnlyToThoseWhoWaited() {
    ask("/a");
    readings.get(0).complete(numbers(null, NO_VOTES));
    ask("/a");
    readings.get(1).complete(numbers(7L, Rating.UNKNOWN.summary()));
    ask("/a");
    assertEquals(3, readings.size());
  }

  /** An id may be written as a query is. */
  @Test
  void whatAHitNamesIsNoQuery() {
    lists.numbers(site, List.of("path=/a"));
    ask("/a");
    assertEquals(2, readings.size());
  }

  @Test
  void whatIsRefusedIsRefusedEachTime() {
    assertThrows(Refusal.class, () -> ask("/.."));
    assertThrows(Refusal.class, () -> ask("/.."));
  }

  @Test
  void aListForWhichThereIsNoRoomIsReadEachTime() {
    SharedLists none = shared(0);
    none.read(site, "path=/a", () -> List.of("/a"));
    none.read(site, "path=/a", () -> List.of("/a"));
    assertEquals(2, readings.size());
  }
}

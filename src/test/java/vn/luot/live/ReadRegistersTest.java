package vn.luot.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.SampleSite;
import vn.luot.live.ReadRegisters.PageDay;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.RedisTopology;
import vn.luot.register.Kind;
import vn.luot.register.Register;
import vn.luot.register.SiteDay;

@QuarkusTest
class ReadRegistersTest {
  @Inject RedisCommands store;

  private final int site = SampleSite.counting(0).id();

  private static SiteDay today(int site) {
    return new SiteDay(7, site, LocalDate.of(2026, 11, 21));
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private void put(int site, long page, String field, long n) {
    String key = Keys.pages(today(site), Keys.shard(page));
    done(store.send(Request.cmd(Command.HSET, key, field, n)));
  }

  /** In a cluster, sites of other buckets take calls of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"standalone", "cluster"})
  void registersOfManySitesComeInTheOrderAskedFor(String redis) {
    List<PageDay> asked = new ArrayList<>();
    long[] views = new long[30];
    for (int i = 0; i < views.length; i++) {
      int its = site + i % 3;
      asked.add(new PageDay(today(its), i));
      if (i % 7 != 0) {
        views[i] = 100 + i;
        put(its, i, Long.toString(i), views[i]);
      }
    }
    ReadRegisters registers = new ReadRegisters(store, new RedisTopology(redis));
    assertArrayEquals(views, done(registers.ofPages(asked)));
  }

  @Test
  void chunksOfWhatIsReadComeTogetherInOrder() {
    List<String> pages = new ArrayList<>();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      pages.add(Integer.toString(i));
      expected.append("%d %d %d\n".formatted(i, i + 1, i % 5));
      put(site, i, Integer.toString(i), i + 1);
      put(site, i, "n" + i, i % 5);
    }
    ReadRegisters registers = new ReadRegisters(store, new RedisTopology("standalone"));
    StringBuilder found = new StringBuilder();
    for (Register page : done(registers.durably(Kind.PAGES, today(site), pages))) {
      found.append("%s %d %d\n".formatted(page.key(), page.counts()[0], page.counts()[1]));
    }
    assertEquals(expected.toString(), found.toString());
  }
}

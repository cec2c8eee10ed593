package vn.luot.reading.base;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.register.SiteDay;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.site.registry.Sites;

@QuarkusTest
class ReadersTest extends SiteTest {
  @Inject RatingReader ratings;
  @Inject PageBases bases;
  @Inject ReadingConfig config;
  @Inject Sites sites;

  private CompletableFuture<List<Rating>> read(Site of, int page) {
    return ratings.read(of, List.of(Page.of("/made-up/" + page))).subscribeAsCompletionStage();
  }

  /** Others need PostgreSQL too: ratings of pages that never were must not fill its queue. */
  @Test
  void onlySoManyQueriesAreUnderWay() throws SQLException {
    Site known = sites.require(site.slug);
    try (Connection holding = site.database.connect()) {
      holding.setAutoCommit(false);
      holding.createStatement().execute("LOCK TABLE rating_total IN ACCESS EXCLUSIVE MODE");
      var reads = IntStream.range(0, 300).mapToObj(page -> read(known, page)).toList();
      await().until(() -> reads.stream().filter(CompletableFuture::isDone).count() >= 200);
      assertEquals(100, reads.stream().filter(read -> !read.isDone()).count());
      holding.rollback();
    }
    await().until(() -> read(known, 0).join().get(0) != Rating.UNKNOWN);
  }

  private PageBases.Key key(Site of, int page) {
    SiteDay day = new SiteDay(1, of.id(), LocalDate.of(2026, 3, 1));
    return PageBases.Key.of(of, Page.of("/made-up/" + page), day);
  }

  @Test
  void readersOfPagesThatNeverWereLeaveRoomForHits() throws SQLException {
    Site known = sites.require(site.slug);
    CompletableFuture<Long> hit;
    try (Connection holding = site.database.connect()) {
      holding.setAutoCommit(false);
      holding.createStatement().execute("LOCK TABLE page_total IN ACCESS EXCLUSIVE MODE");
      for (int page = 0; page < 2 * config.pagesWaiting(); page++) {
        bases.read(key(known, page));
      }
      hit = bases.load(key(known, -1));
      holding.rollback();
    }
    assertEquals(0L, hit.join());
  }
}

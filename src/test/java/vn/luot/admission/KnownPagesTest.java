package vn.luot.admission;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSite;
import vn.luot.TestSite;
import vn.luot.admission.KnownPages.Answer;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.standalone.Postgres;
import vn.luot.total.PageKeys;

@QuarkusTest
class KnownPagesTest {
  private static final Page NEW = Page.of("/new");

  Postgres postgres;
  @Inject PageKeys keys;

  /** With so many pages, which takes two queries to read. */
  private Site site(int pages) {
    TestSite site = TestSite.create(postgres);
    site.database.execute(
        """
        INSERT INTO page (site_id, page, path, first_seen)
        SELECT %d, i, '/' || i, now() FROM generate_series(1, %d) AS i
        """
            .formatted(site.id, pages));
    return SampleSite.of(site.id, Map.of());
  }

  /** They would not fit if each were only compared with those that were read before it began. */
  @Test
  void soManyPagesOfAllSitesAreKept() {
    KnownPages known = new KnownPages(keys, new HitLimitsTest.Given(0, 1000, 20_000));
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      sites.add(site(15_000));
    }
    sites.forEach(site -> known.watch(site.id()));

    await().until(() -> kept(known, sites) == 5);
    // Each question has the list read anew.
    await().during(Duration.ofSeconds(2)).until(() -> kept(known, sites) == 5);
  }

  private static long kept(KnownPages known, List<Site> sites) {
    List<Answer> answers = sites.stream().map(site -> answer(known, site)).toList();
    return answers.stream().filter(Answer.UNKNOWN::equals).count();
  }

  private static Answer answer(KnownPages known, Site site) {
    return known.ask(site, NEW).toCompletableFuture().join();
  }
}

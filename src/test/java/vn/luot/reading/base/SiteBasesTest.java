package vn.luot.reading.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.register.SiteDay;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

@QuarkusTest
class SiteBasesTest extends SiteTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  @Inject SiteBases bases;
  @Inject Sites sites;

  private Site site(long revision) {
    Site read = sites.require(site.slug);
    return new Site(read.id(), read.rules(), read.baselineSince(), false, revision);
  }

  private SiteBase base(Site of, long epoch) {
    return bases.get(of, new SiteDay(epoch, of.id(), DAY)).toCompletableFuture().join();
  }

  /** A PostgreSQL that was restored may lack the last change of a site. */
  @Test
  void aSiteWhoseRevisionWentBackIsReadAgain() {
    assertNotNull(base(site(9), 1));
    SiteBase another = base(site(8), 2);
    assertNotNull(another);
    assertEquals(2, another.day().epoch());
  }
}

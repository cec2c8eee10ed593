package vn.luot.live.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSite;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.DaySalt;
import vn.luot.visitor.Network.NetworkHash;

class NamedPagesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 28);
  private static final Page PAGE = Page.of("/a");
  private static final Site SITE = SampleSite.counting(0);
  private static final DaySalt SALT = new DaySalt(DAY, 0, new byte[32], null);

  private int starts;
  private final NamedPages named = new NamedPages(Limits.WIDE, () -> starts);

  /** Tells it, and Redis takes it; null where there is nothing to tell. */
  private NamedPages.Name told(long epoch, LocalDate day, String title, int network) {
    SiteHits.PageHits hits = new SiteHits.PageHits(1);
    hits.title = title;
    hits.block = new NetworkHash(SALT, 1, new byte[] {10, 0, (byte) network});
    NamedPages.Name name = named.toTell(epoch, day, SITE, PAGE, hits);
    if (name != null) {
      named.told(name);
    }
    return name;
  }

  @Test
  void aPageIsToldUntilFourNetworksHaveViewedIt() {
    int told = 0;
    for (int network = 0; network < 100; network++) {
      told += told(1, DAY, "Title", network) == null ? 0 : 1;
      assertNull(told(1, DAY, "Title", network));
      assertNull(told(1, DAY, null, network));
    }
    assertEquals(4, told);
    assertNotNull(told(2, DAY, "Title", 1), "another epoch");
    assertNotNull(told(1, DAY.plusDays(1), "Title", 1), "another day");
    starts++;
    assertNotNull(told(1, DAY, "Title", 1), "another PostgreSQL");
  }

  @Test
  void anotherTitleIsToldWhateverItsHashAndSoAreThoseWhoStayWithTheFirst() {
    for (int network = 0; network < 10; network++) {
      told(1, DAY, "Aa", network);
    }
    assertEquals("Aa".hashCode(), "BB".hashCode());
    assertNotNull(told(1, DAY, "BB", 20));
    assertNull(told(1, DAY, "BB", 20));
    assertNotNull(told(1, DAY, "Aa", 21));
    assertNull(told(1, DAY, "Aa", 21));
  }
}

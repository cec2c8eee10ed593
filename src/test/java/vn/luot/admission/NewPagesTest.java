package vn.luot.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSite;
import vn.luot.admission.KnownPages.Answer;
import vn.luot.live.record.RecordHits;
import vn.luot.live.record.SiteHits.Standing;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.DaySalt;
import vn.luot.visitor.Network.NetworkHash;

class NewPagesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 28);
  private static final DaySalt SALT = new DaySalt(DAY, 0, new byte[32], null);
  private static final NetworkHash STRANGER = network(1);
  private static final NetworkHash READER = network(2);

  private final HitLimitsTest.Given config = new HitLimitsTest.Given(0, 1000, 1000);
  private final Site site = SampleSite.counting(0);
  private boolean watched;

  private final NewPages pages =
      new NewPages(
          new KnownPages(null, config) {
            @Override
            boolean watch(int site) {
              boolean begins = !watched;
              watched = true;
              return begins;
            }
          },
          config);

  private static NetworkHash network(int last) {
    return new NetworkHash(SALT, 1, new byte[] {10, 0, (byte) last});
  }

  private void bring(NetworkHash network) {
    pages.learn(site, new RecordHits.NewPages(false, List.of(network)));
  }

  private Standing standing(String path, Answer answer, NetworkHash network) {
    return pages.counted(site, Page.of(path), answer, network).standing();
  }

  @Test
  void aNetworkBringsSoManyNewPagesADay() {
    int brought = 0;
    while (standing("/made-up/" + brought, Answer.UNKNOWN, STRANGER) == Standing.ORDINARY) {
      bring(STRANGER);
      brought++;
    }
    assertTrue(watched);
    assertEquals(600, brought, "500, and the fifth before anybody looked");
    assertEquals(Standing.REFUSED, standing("/asked/1", Answer.UNKNOWN, STRANGER));
    assertEquals(Standing.KNOWN, standing("/known", Answer.KNOWN, STRANGER));
    assertEquals(Standing.ORDINARY, standing("/new", Answer.UNKNOWN, READER));
  }

  @Test
  void whatTwoNetworksAskForIsConfirmed() {
    assertEquals(Standing.ORDINARY, standing("/new", Answer.UNKNOWN, STRANGER));
    assertEquals(Standing.ORDINARY, standing("/new", Answer.UNKNOWN, STRANGER));
    assertEquals(Standing.CONFIRMED, standing("/new", Answer.UNKNOWN, READER));
  }

  @Test
  void nobodyIsWatchedWhileFewNewPagesCome() {
    for (int i = 0; i < 99; i++) {
      bring(STRANGER);
    }
    assertEquals(Standing.ORDINARY, standing("/a", Answer.NOT_ASKED, STRANGER));
    assertTrue(!watched);
  }
}

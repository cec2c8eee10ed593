package vn.luot.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import vn.luot.SampleSite;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

class HitLimitsTest {
  private static final byte[] HONEST = {10, 1, 1, 1};
  private static final byte[] OTHER = {10, 1, 1, 2};

  record Given(int siteHitsPerSecond, int clientsRemembered, int knownPages)
      implements HitLimits.Config {
    @Override
    public int newPagesPerNetwork() {
      return 500;
    }

    @Override
    public int visitorsRemembered() {
      return 1000;
    }

    @Override
    public Duration refreshKnownPages() {
      return Duration.ZERO;
    }

    @Override
    public Duration waitForKnownPages() {
      return Duration.ZERO;
    }
  }

  private static int admitted(HitLimits limits, Site site, byte[] network, int attempts) {
    int admitted = 0;
    for (int i = 0; i < attempts; i++) {
      try {
        limits.admitHit(site, network);
        admitted++;
      } catch (Refusal refusal) {
        assertEquals(Reason.TOO_MANY, refusal.reason());
        assertTrue(refusal.retryAfter().toSeconds() >= 1);
      }
    }
    return admitted;
  }

  @Test
  void oneNetworkIsLimitedForEachSiteByItself() {
    HitLimits limits = new HitLimits(new Given(0, 1000, 0));
    assertEquals(5, admitted(limits, SampleSite.limited(1, 5), HONEST, 50));
    assertEquals(5, admitted(limits, SampleSite.limited(2, 5), HONEST, 50));
    assertEquals(5, admitted(limits, SampleSite.limited(1, 5), OTHER, 50));
    assertEquals(50, admitted(limits, SampleSite.limited(3, 0), HONEST, 50));
  }

  @Test
  void heartbeatsDoNotUseUpHits() {
    HitLimits limits = new HitLimits(new Given(0, 1000, 0));
    for (int i = 0; i < 5; i++) {
      limits.admitHeartbeat(SampleSite.limited(1, 5), HONEST);
    }
    assertEquals(5, admitted(limits, SampleSite.limited(1, 5), HONEST, 50));
  }

  @Test
  void aSiteIsLimitedOverAllNetworks() {
    HitLimits limits = new HitLimits(new Given(20, 1000, 0));
    int admitted = 0;
    for (int i = 0; i < 100; i++) {
      admitted +=
          admitted(limits, SampleSite.limited(1, 0), ByteBuffer.allocate(4).putInt(i).array(), 1);
    }
    // A slow machine may bring some more while it tries.
    assertTrue(admitted >= 20 && admitted < 60, admitted + " admitted");
    assertEquals(1, admitted(limits, SampleSite.limited(2, 0), HONEST, 1));
  }

  /** More networks than are remembered: nobody honest is refused, who goes on sending still is. */
  @Test
  void aMillionNetworksNeitherShutOutOthersNorFreeWhoSendsMuch() {
    HitLimits limits = new HitLimits(new Given(0, 10_000, 0));
    Site site = SampleSite.limited(1, 600);
    int greedy = 0;
    for (int i = 0; i < 1_000_000; i++) {
      byte[] made = ByteBuffer.allocate(8).putLong(0x20010db800000000L + i).array();
      assertEquals(1, admitted(limits, site, made, 1));
      greedy += i % 100 == 0 ? admitted(limits, site, OTHER, 1) : 0;
    }
    assertTrue(greedy < 1_000, greedy + " of 10,000 hits of one network admitted");
    assertEquals(1, admitted(limits, site, HONEST, 1));
    assertTrue(limits.remembered() <= 10_000);
  }
}

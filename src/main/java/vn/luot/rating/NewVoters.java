package vn.luot.rating;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import vn.luot.live.Visitors.Networks;
import vn.luot.live.record.CastVote.Share;
import vn.luot.live.record.CastVote.Shares;
import vn.luot.site.page.Page;
import vn.luot.visitor.SplitMix64;

/**
 * How many new voters count of one network. What goes beyond is held for the site's owner, and
 * beyond that summed up: nobody is refused for what neighbours do. The portal has shares of its own
 * that votes for pages cannot use up.
 */
@Singleton
record NewVoters(RatingConfig config) {
  private static final long PAGES = SplitMix64.of(1);
  private static final long PORTAL = SplitMix64.of(2);
  private static final long HELD = SplitMix64.of(3);
  private static final long MINUTE = SplitMix64.of(4);

  /**
   * An IPv4 /24 and an IPv6 /56 have what is configured, a /64 half of it and a /48 twice: who
   * holds a whole /48 cannot vote once for each household in it, nor one household use it up.
   */
  Shares of(Page page, Networks networks) {
    long scope = page.equals(Page.PORTAL) ? PORTAL : PAGES;
    List<Share> toCount = new ArrayList<>();
    List<Share> toHold = new ArrayList<>();
    int halves = networks.narrowestFirst().size() == 1 ? 2 : 1;
    for (long network : networks.narrowestFirst()) {
      long scoped = SplitMix64.of(network, scope);
      toCount.add(share(network, page.key(), config.newVotersPerNetwork(), halves));
      toCount.add(share(scoped, PAGES, config.newVotersPerNetworkAndSite(), halves));
      int ofMinute = share(scoped, MINUTE, config.newVotersPerNetworkAndMinute(), halves).most();
      toCount.add(new Share(SplitMix64.of(scoped, MINUTE), ofMinute, true));
      toHold.add(share(scoped, HELD, config.heldVotesPerNetwork(), halves));
      halves *= 2;
    }
    toCount.add(new Share(scope, config.newVotersPerSite(), false));
    toHold.add(new Share(SplitMix64.of(scope + HELD), config.heldVotesPerSite(), false));
    return new Shares(networks.day(), toCount, toHold);
  }

  private static Share share(long network, long what, int most, int halves) {
    long mine = Math.min((long) most * halves + 1, 2L * RatingConfig.MOST) / 2;
    return new Share(SplitMix64.of(network, what), (int) Math.max(1, mine), false);
  }
}

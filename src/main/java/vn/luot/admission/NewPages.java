package vn.luot.admission;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import vn.luot.admission.KnownPages.Answer;
import vn.luot.live.Recent;
import vn.luot.live.record.RecordHits;
import vn.luot.live.record.SiteHits.Standing;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.Network.NetworkHash;
import vn.luot.visitor.SplitMix64;

/**
 * Which pages have room on a day: made-up ones must not take that of real ones.
 *
 * <p>Nothing is looked at while few new pages come. Once half of a site's room is taken, or one
 * network brought a fifth of what one may, the pod knows which pages PostgreSQL has: these are
 * always counted. Of the others each network brings so many a day; and beyond the room only those
 * are counted that two networks ask for within minutes.
 */
@Singleton
public class NewPages {
  private static final int SUSPICIOUS = 5;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofMinutes(10);
  private static final int ASKED_FOR = 50_000;

  private final KnownPages known;
  private final int mostOfNetwork;

  /** By the hash of a network under the day's salt, which is another on each site and day. */
  private final Recent brought;

  /** By site and page, the network that asked for it first. */
  private final Recent askedBy = new Recent(ASKED_FOR, SOON.multipliedBy(2));

  NewPages(KnownPages known, HitLimits.Config config) {
    this.known = known;
    this.mostOfNetwork = config.newPagesPerNetwork();
    this.brought = new Recent(config.clientsRemembered(), DAY.multipliedBy(2));
  }

  /**
   * How a page is counted.
   *
   * @param page itself, or {@code ~other}
   */
  public record Counted(Page page, Standing standing) {}

  /** What is to be known of a page before {@link #counted}. Completes at once nearly always. */
  public CompletionStage<Answer> ask(Site site, Page page) {
    return known.ask(site, page);
  }

  /** {@code network} is that of the sender; null where it is not known. */
  public Counted counted(Site site, Page page, Answer answer, @Nullable NetworkHash network) {
    Page countedAs = KnownPages.countedAs(site, page, answer);
    if (answer != Answer.UNKNOWN) {
      return new Counted(page, answer == Answer.KNOWN ? Standing.KNOWN : Standing.ORDINARY);
    }
    return new Counted(
        countedAs, network == null ? Standing.ORDINARY : unknown(site, page, network.id()));
  }

  private Standing unknown(Site site, Page page, long network) {
    long pages = brought.get(network);
    if (mostOfNetwork > 0 && pages != Recent.ABSENT && pages >= mostOfNetwork) {
      return Standing.REFUSED;
    }
    long key = SplitMix64.of(page.key() + site.id());
    long first = askedBy.get(key);
    if (first == Recent.ABSENT) {
      askedBy.put(key, network);
    }
    return first == Recent.ABSENT || first == network ? Standing.ORDINARY : Standing.CONFIRMED;
  }

  /** What Redis said of a batch. */
  public void learn(Site site, RecordHits.NewPages came) {
    if (came.crowded()) {
      known.watch(site.id());
    }
    for (NetworkHash network : came.broughtBy()) {
      bring(site.id(), network.id());
    }
  }

  private synchronized void bring(int site, long network) {
    long before = brought.get(network);
    long pages = before == Recent.ABSENT ? 1 : before + 1;
    boolean suspicious = mostOfNetwork > 0 && pages == Math.max(1, mostOfNetwork / SUSPICIOUS);
    // What it brought until now may have been known.
    brought.put(network, suspicious && known.watch(site) ? 0 : pages);
  }
}

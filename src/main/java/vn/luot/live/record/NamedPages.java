package vn.luot.live.record;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.postgres.PostgresPool;
import vn.luot.live.Recent;
import vn.luot.live.redis.LiveConfig;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.SplitMix64;

/**
 * Which pages this pod has told the name of, under which title, and for how many networks, so that
 * it is not sent with every hit. A day's first views of a page name it, until enough networks have.
 * While two titles are sent for a page, each network is heard once, so that PostgreSQL can tell
 * which one is the page's. To forget a page costs a repetition.
 */
@Singleton
class NamedPages {
  /**
   * What one network sent may be one party's; the rule for titles needs three of them. More where
   * the site lists pages later.
   */
  private static final int NETWORKS_HEARD = 4;

  private static final Duration REPEAT_AFTER = Duration.ofHours(1);

  /**
   * In a page's number, besides its title: how many networks were heard, and whether titles differ.
   */
  private static final int HEARD = (1 << 6) - 1;

  private static final int DISPUTED = 1 << 6;
  private static final long TITLE = ~(long) (HEARD | DISPUTED);

  /** No title is sent for the page. */
  private static final long UNTITLED = 0;

  /** Random, so that nobody can choose a title that is taken for another one. */
  private final long secret = new SecureRandom().nextLong();

  /** By site, page and day, and by epoch and start of PostgreSQL: a new one may lack the names. */
  private final Recent pages;

  /** The title, by that and network. */
  private final Recent titles;

  private final IntSupplier starts;

  @Inject
  NamedPages(LiveConfig config, PostgresPool postgres) {
    this(config, postgres::starts);
  }

  /** {@code starts} of PostgreSQL. */
  NamedPages(LiveConfig config, IntSupplier starts) {
    this.starts = starts;
    pages = new Recent(config.namedPages(), REPEAT_AFTER);
    titles = new Recent(config.namedPages(), REPEAT_AFTER);
  }

  /**
   * What is told of a page.
   *
   * @param key of the page
   * @param network below {@link #NETWORKS}, or {@link #UNKNOWN_NETWORK}
   * @param title its hash; {@code text} is the title itself, or empty
   */
  record Name(long key, int network, long title, String path, String text) {
    /** As {@code record_hits.lua} takes it behind its first sign. */
    String written(LocalDate day) {
      String number =
          network == UNKNOWN_NETWORK ? "" : Long.toString(day.toEpochDay() * NETWORKS + network);
      return number + "\n" + path + "\n" + text;
    }
  }

  /** Networks are told apart by 6 bits of a day's keyed hash, which lead back to nobody. */
  static final int NETWORKS = 64;

  static final int UNKNOWN_NETWORK = -1;

  /** Null where nothing is to be told. */
  @Nullable Name toTell(long epoch, LocalDate day, Site site, Page page, SiteHits.PageHits hits) {
    long key = key(epoch, day, site.id(), page);
    int networks = Math.max(NETWORKS_HEARD, site.rules().listedAfterNetworks());
    long known = pages.get(key);
    long title = hash(hits.title);
    boolean settled =
        known != Recent.ABSENT
            && (known & HEARD) >= networks
            && (title == UNTITLED || (known & (TITLE | DISPUTED)) == title);
    if (settled) {
      return null;
    }
    int network = hits.block == null ? UNKNOWN_NETWORK : hits.block.slot();
    long told = titles.get(ofNetwork(key, network));
    boolean again = told == title || told != Recent.ABSENT && title == UNTITLED;
    return known != Recent.ABSENT && again
        ? null
        : new Name(key, network, title, page.path(), hits.title == null ? "" : hits.title);
  }

  /** Redis has it. */
  void told(Name name) {
    long known = pages.get(name.key);
    long ofNetwork = ofNetwork(name.key, name.network);
    boolean heard = titles.get(ofNetwork) != Recent.ABSENT;
    titles.put(ofNetwork, name.title);
    pages.put(name.key, known == Recent.ABSENT ? name.title | 1 : with(known, name.title, heard));
  }

  private static long with(long known, long title, boolean heard) {
    long before = known & TITLE;
    long kept = before == UNTITLED ? title : before;
    boolean disputed = (known & DISPUTED) != 0 || title != UNTITLED && title != kept;
    long networks = Math.min(HEARD, (known & HEARD) + (heard ? 0 : 1));
    return kept | (disputed ? DISPUTED : 0) | networks;
  }

  private long key(long epoch, LocalDate day, int site, Page page) {
    return SplitMix64.of(
        SplitMix64.of(epoch << 16 ^ day.toEpochDay())
            + SplitMix64.of(page.key() + site)
            + starts.getAsInt());
  }

  private static long ofNetwork(long key, int network) {
    return SplitMix64.of(key + 2 + network);
  }

  /** 57 bits, of the whole title. */
  private long hash(@Nullable String title) {
    if (title == null) {
      return UNTITLED;
    }
    long hash = secret + title.length();
    int i = 0;
    for (; i + 4 <= title.length(); i += 4) {
      hash = SplitMix64.of(hash ^ chars(title, i, 4));
    }
    hash = SplitMix64.of(hash ^ chars(title, i, title.length() - i));
    return (hash & TITLE) == UNTITLED ? DISPUTED + DISPUTED : hash & TITLE;
  }

  private static long chars(String title, int from, int many) {
    long chars = 0;
    for (int i = from; i < from + many; i++) {
      chars = chars << 16 | title.charAt(i);
    }
    return chars;
  }
}

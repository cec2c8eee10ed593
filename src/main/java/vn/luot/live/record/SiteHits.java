package vn.luot.live.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.luot.live.Epochs;
import vn.luot.live.redis.Keys;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.Network.NetworkHash;
import vn.luot.visitor.Sender;
import vn.luot.visitor.Sender.Visitor;
import vn.luot.visitor.SplitMix64;

/** What one batch adds to one site: hits of the same page summed, a visitor named once. */
public final class SiteHits {
  final Site site;
  final Map<Page, PageHits> pages = new LinkedHashMap<>();

  final Map<Visitor, Seen> visitors = new LinkedHashMap<>();

  /** By the hash of visitor and page: views that only Redis knows not to be repeated. */
  final Map<Long, OnceView> once = new LinkedHashMap<>();

  final Map<String, ReferrerHits> referrers = new LinkedHashMap<>();
  long bots;
  private long views;
  private long repeated;

  /** The epoch that the last attempt to record this was made in. */
  long epoch = Epochs.UNKNOWN;

  public SiteHits(Site site) {
    this.site = site;
  }

  /**
   * A view of a page.
   *
   * @param title may be null
   * @param referrer the host it came from, or null
   */
  public void view(
      Page page, @Nullable String title, Sender by, Standing standing, @Nullable String referrer) {
    PageHits hits = of(page);
    hits.hits++;
    hits.standing = hits.hits == 1 ? standing : hits.standing.or(standing);
    if (hits.hits == 1 || title != null) {
      hits.title = title;
      hits.block = by.block();
    }
    ReferrerHits from = referrer == null ? null : of(referrer);
    if (by.repeatsAs() == 0 || site.rules().repeatViewSeconds() == 0) {
      views++;
      hits.views++;
      if (from != null) {
        from.views++;
      }
      return;
    }
    OnceView view = new OnceView(hits.place, from == null ? 0 : from.place);
    if (once.putIfAbsent(SplitMix64.of(by.repeatsAs(), page.key()), view) == null) {
      views++;
    } else {
      repeated++;
    }
  }

  /** {@code first} is the page viewed, or null for a heartbeat. */
  public void see(Visitor visitor, @Nullable Page first) {
    int place = first == null ? 0 : of(first).place;
    Seen seen = visitors.computeIfAbsent(visitor, v -> new Seen());
    seen.first = seen.first == 0 ? place : seen.first;
  }

  /** A hit by a robot, which is only told the numbers of the page. */
  public void bot(Page page) {
    bots++;
    of(page);
  }

  /** Nothing but the numbers of the site and of the page is wanted. */
  public void ask(Page page) {
    of(page);
  }

  private PageHits of(Page page) {
    return pages.computeIfAbsent(page, p -> new PageHits(pages.size() + 1));
  }

  private ReferrerHits of(String host) {
    return referrers.computeIfAbsent(host, h -> new ReferrerHits(referrers.size() + 1));
  }

  /** Views that count unless Redis finds them repeated. */
  public long views() {
    return views;
  }

  /** Views found to be repeated within the batch. */
  public long repeated() {
    return repeated;
  }

  public long bots() {
    return bots;
  }

  public Site site() {
    return site;
  }

  /** Where the page and the referrer of a view stand; a view without referrer has 0. */
  record OnceView(int page, int referrer) {}

  /** A visitor whom this batch marks as seen. */
  static final class Seen {
    /** The place of the page viewed first, or 0 for a heartbeat. */
    int first;
  }

  /** The views of one page in this batch that count in any case. */
  static final class PageHits {
    /** From 1 in the order in which pages are sent. */
    final int place;

    long views;

    /** Views, repeated ones among them; 0 where only robots asked for it. */
    int hits;

    Standing standing = Standing.ORDINARY;
    @Nullable String title;

    /** Whoever sent the title; null where that is not known. */
    @Nullable NetworkHash block;

    /** What the last attempt to record this told of the page, or null. */
    NamedPages.@Nullable Name told;

    PageHits(int place) {
      this.place = place;
    }

    /** Whether a network that is known brought the page: all its views of the day are of this. */
    boolean isNew(long viewsOfDay) {
      return viewsOfDay <= hits && block != null && standing != Standing.KNOWN;
    }
  }

  /** The views from one host in this batch that count in any case. */
  static final class ReferrerHits {
    final int place;
    long views;

    ReferrerHits(int place) {
      this.place = place;
    }
  }

  /** Whether a page that was not viewed yet on a day is counted by itself, or as {@code ~other}. */
  public enum Standing {
    /** Only if it was viewed already: its network has brought as many new pages as one may. */
    REFUSED('-'),
    /** As long as the day has room. */
    ORDINARY(' '),
    /** In twice the room: another network asked for it as well. */
    CONFIRMED('2'),
    /** In any case, and it takes no room: PostgreSQL knows it. */
    KNOWN('+');

    /** How {@code record_hits.lua} is told. */
    final char sign;

    Standing(char sign) {
      this.sign = sign;
    }

    Standing or(Standing other) {
      return compareTo(other) < 0 ? other : this;
    }
  }

  /**
   * The kinds of {@link Keys#viewed} that a batch needs: nearly always one, since sites rarely
   * differ in the time within which views are repeated.
   */
  static final class ViewedKinds {
    /** A site of each. */
    final List<Site> sites = new ArrayList<>();

    ViewedKinds(List<SiteHits> batch) {
      for (SiteHits hits : batch) {
        if (!hits.once.isEmpty() && of(hits) == 0) {
          sites.add(hits.site);
        }
      }
    }

    /** From 1 in the order of {@link #sites}; 0 where none of the views may be repeated. */
    int of(SiteHits hits) {
      for (int i = 0; !hits.once.isEmpty() && i < sites.size(); i++) {
        if (isSame(sites.get(i), hits.site)) {
          return i + 1;
        }
      }
      return 0;
    }

    private static boolean isSame(Site one, Site other) {
      return one.rules().repeatViewSeconds().equals(other.rules().repeatViewSeconds())
          && one.isQuarantine() == other.isQuarantine();
    }
  }
}

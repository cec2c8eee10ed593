package vn.luot.live.redis;

import java.time.LocalDate;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import vn.luot.register.Kind;
import vn.luot.register.SiteDay;
import vn.luot.site.Site;

/**
 * Every key Luot has in Redis.
 *
 * <p>All keys of a site share a hash tag, so that a script may use them together in a Redis
 * Cluster; many sites share a bucket, so that one call can serve many of them. Nothing that counts
 * ever expires: the flush deletes it when PostgreSQL has it and its day is over.
 */
public final class Keys {
  public static final int BUCKETS = 64;

  /** Shards per site and day: up to two million pages stay in hashes small enough for listpacks. */
  public static final int SHARDS = 16384;

  /** Set once, before anything is asked of Redis: not read while a native executable is built. */
  private static String prefix = "luot";

  private Keys() {}

  public static void beginWith(String configured) {
    prefix = configured;
  }

  public static int bucket(int siteId) {
    return siteId & (BUCKETS - 1);
  }

  public static int shard(long page) {
    return (int) page & (SHARDS - 1);
  }

  /**
   * String, the last sequence of a batch writer. Expires when no batch can be in doubt any more.
   */
  public static String writer(int bucket, String writer) {
    return tag(bucket) + "w:" + writer;
  }

  /** Hash: history, epoch, installation and more; see {@code record_hits.lua}. Stays. */
  public static String epoch() {
    return prefix + ":epoch";
  }

  /** The same of a bucket, where each may be on another Redis. */
  public static String epoch(int bucket) {
    return tag(bucket) + "epoch";
  }

  /**
   * Set of {@code epoch:site:day:hour}, {@code epoch:site:day:device}, {@code
   * epoch:site:day:visitors} and {@code epoch:site:day:referrers}, to be flushed.
   */
  public static String dirty(int bucket) {
    return tag(bucket) + "dirty";
  }

  /** Set of {@code epoch:site:day}: everything that is to be deleted one day. */
  public static String days(int bucket) {
    return tag(bucket) + "days";
  }

  /**
   * Hash, visitor to second last seen: one of two that take turns. Expires two visit gaps after the
   * last visitor.
   */
  public static String present(int site, int turn) {
    return site(site) + "present" + turn;
  }

  /**
   * String: how many were last seen in each second of the online window. Expires a visit gap after
   * the last second with a hit.
   */
  public static String ring(int site) {
    return site(site) + "ring";
  }

  /**
   * String: what {@code record_hits.lua} keeps of a site from one batch to the next. Stays; where
   * it is lost, so is who was here and what they viewed.
   */
  public static String state(int site) {
    return site(site) + "state";
  }

  /**
   * Hash, page:number to {@code ms\npath\ntitle}, until flushed: as each of at most 64 networks of
   * a day named it. The number is 64 times the day and the network, or missing.
   */
  public static String names(int site) {
    return site(site) + "names";
  }

  /** HyperLogLog of the day's visitors. Belongs to no epoch: merging it twice changes nothing. */
  public static String visitors(int site, LocalDate day) {
    return site(site) + day.toEpochDay() + ":visitors";
  }

  /** Where {@link #visitors} is merged with what PostgreSQL has of it; lives within one script. */
  public static String visitorsSaved(int site, LocalDate day) {
    return visitors(site, day) + ":saved";
  }

  /**
   * Hash: views, visits, pages; v&lt;hour&gt;, n&lt;hour&gt;, b&lt;hour&gt; and d&lt;hour&gt;, the
   * registers of each hour: views, visits, robots' hits, downloads; m&lt;device&gt;, those of each
   * device: visits.
   */
  public static String day(SiteDay day) {
    return of(day) + "day";
  }

  /** Set of pages whose register changed since it was flushed. */
  public static String dirtyPages(SiteDay day) {
    return of(day) + "dirty";
  }

  /** Bitmap of the shards in use. */
  public static String shards(SiteDay day) {
    return of(day) + "shards";
  }

  /** Hash, host to views: where visitors of the day came from. */
  public static String referrers(SiteDay day) {
    return of(day) + "referrers";
  }

  /**
   * Hash, visitor and page to when it was viewed, for the even or the odd slices of time as long as
   * views are taken for repeated. Expires after three of them. All sites with the same such time
   * have it in common, as a visitor's hash is another on each: one command then serves a whole
   * batch. Their quarantines, where a visitor's hash is the site's, have others. In a cluster all
   * this is by bucket.
   */
  public static String viewed(Site site, boolean cluster, int parity) {
    String common = cluster ? tag(bucket(site.id())) : prefix + ":";
    String kind = site.isQuarantine() ? "viewed-apart:" : "viewed:";
    return common + kind + site.rules().repeatViewSeconds() * 1000L + ":" + parity;
  }

  /**
   * Hash, page to views and n&lt;page&gt; to visits: the page registers of one shard. A page below
   * 0 is a file, and its views are downloads.
   */
  public static String pages(SiteDay day, int shard) {
    return pages(day) + shard;
  }

  /** What the names of a day's {@link #pages} begin with, the number of the shard following. */
  public static String pages(SiteDay day) {
    return of(day);
  }

  /** The hash that a register is in. */
  public static String register(Kind kind, SiteDay day, String key) {
    return switch (kind) {
      case PAGES -> pages(day, shard(Long.parseLong(key)));
      case REFERRERS -> referrers(day);
      default -> day(day);
    };
  }

  /**
   * Hash: reason and origin, {@code ~} for the others, to {@code times ms}: pages that may not
   * call. Expires when none was refused for {@code luot.refusals.keep}.
   */
  public static String refusals(int site) {
    return site(site) + "refusals";
  }

  /** String, the site registry as JSON; see {@code RedisOwner}. Stays. */
  public static String sites() {
    return prefix + ":sites";
  }

  /** Of any type: where the user's rights are tried. Gone at once. */
  public static String rights() {
    return prefix + ":rights";
  }

  /** The salt of a local day in a zone, a string. Expires when the last visit of the day ended. */
  public static String salt(String zone, LocalDate day) {
    return prefix + ":salt:" + zone + ":" + day;
  }

  public static Iterable<Integer> buckets() {
    return () -> IntStream.range(0, BUCKETS).iterator();
  }

  /** The same key of each bucket. */
  public static List<String> ofAllBuckets(IntFunction<String> key) {
    return IntStream.range(0, BUCKETS).mapToObj(key).toList();
  }

  /** The key of what there is once in a Redis. */
  public static String once(String name) {
    return prefix + ":" + name;
  }

  /** How keys of a bucket begin. */
  public static String tag(int bucket) {
    return prefix + "{" + bucket + "}:";
  }

  /** How keys of a site begin. */
  public static String site(int site) {
    return tag(bucket(site)) + site + ":";
  }

  private static String of(SiteDay day) {
    return tag(bucket(day.site())) + day.mark() + ":";
  }

  /** The keys of a site on one day under one epoch that every batch needs. */
  public static String[] ofHits(SiteDay day) {
    int site = day.site();
    return new String[] {
      dirty(bucket(site)),
      days(bucket(site)),
      state(site),
      ring(site),
      present(site, 0),
      present(site, 1),
      visitors(site, day.day()),
      names(site),
      day(day),
      dirtyPages(day),
      shards(day),
      referrers(day)
    };
  }
}

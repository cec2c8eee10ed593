package vn.luot.live.vote;

import java.time.LocalDate;
import vn.luot.live.redis.Keys;

/** The keys of votes and ratings in Redis; each is described as those of {@link Keys}. */
public final class VoteKeys {
  private VoteKeys() {}

  /**
   * Hash, voter to {@code stars:revision:why held}: the votes for a page not flushed yet. A
   * revision that ends with ? is not known to be later than PostgreSQL's.
   */
  public static String votes(int site, long page) {
    return Keys.site(site) + page + ":votes";
  }

  /** Hash: settled, 1 to 5. Kept while votes are not flushed; expires some time after. */
  public static String rating(int site, long page) {
    return Keys.site(site) + page + ":rating";
  }

  /** Set of {@code site:page} with votes to flush. */
  public static String dirtyRatings(int bucket) {
    return Keys.tag(bucket) + "ratings";
  }

  /**
   * String, a sketch of how many new votes came from which network on a local day. Expires two days
   * after the last.
   */
  public static String newVotes(int site, LocalDate day) {
    return Keys.site(site) + day.toEpochDay() + ":new";
  }

  /** String, the same of a minute of Unix time. Expires two minutes after the last. */
  public static String newVotes(int site, long minute) {
    return Keys.site(site) + "new:" + minute;
  }

  /** Hash, stars to how many votes were not kept one by one. Expires 30 days after the last. */
  public static String summedVotes(int site) {
    return Keys.site(site) + "summed";
  }

  /** String, the stamp from which ratings of a bucket are right: PostgreSQL was replaced. Stays. */
  public static String ratingsFrom(int bucket) {
    return Keys.tag(bucket) + "ratings-from";
  }
}

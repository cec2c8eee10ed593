package vn.luot.live.record;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Unis;
import vn.luot.live.Epochs;
import vn.luot.live.RedisClock;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.SplitMix64;

/** Calls {@code cast_vote.lua}, which describes what is sent and what comes back. */
@Singleton
public record CastVote(RedisCommands redis, RedisClock clock, Epochs epochs) {
  /** Why a vote does not count that is not kept either: its stars are added up. */
  public static final String SUMMED = "summed";

  /** Numbers in one of the three rows of a sketch, by how long it lasts. */
  private static final int CELLS_OF_DAY = 4096;

  private static final int CELLS_OF_MINUTE = 512;
  private static final int ROWS = 3;
  private static final Duration TRY_AGAIN_AFTER = Duration.ofMinutes(1);

  private static final Script SCRIPT = Script.named("cast_vote", "ratings_from");

  /**
   * A vote to be cast.
   *
   * @param stars 1 to 5, or 0 to withdraw
   * @param held why it is to be kept apart unless this voter is counted already, or empty
   * @param shares that a new voter needs
   */
  public record Vote(Site site, Page page, UUID voter, int stars, String held, Shares shares) {}

  /**
   * What bounds new voters, and the memory they take. Where it is not known who voted, every voter
   * is new; so are withdrawals.
   *
   * @param day the site's
   * @param toCount a vote that finds no room in one of them is held
   * @param toHold a held vote that finds no room in one of them is only summed up
   */
  public record Shares(LocalDate day, List<Share> toCount, List<Share> toHold) {}

  /**
   * What many may use together.
   *
   * @param key whose it is, hashed
   * @param most how many new voters; at most 65535
   * @param ofMinute of a minute, else of the day
   */
  public record Share(long key, int most, boolean ofMinute) {}

  /**
   * What PostgreSQL knows; null fields where it was not asked or did not answer.
   *
   * @param stars what is counted of the voter, or 0
   * @param revision of the voter's vote, or 0
   * @param held why that vote is held, or empty
   * @param counts of one to five stars
   * @param stamp the outcome's that said to ask; null where nobody can have voted meanwhile
   */
  public record Known(
      @Nullable Integer stars,
      @Nullable Long revision,
      String held,
      long @Nullable [] counts,
      @Nullable String stamp) {
    public static final Known NOTHING = new Known(null, null, "", null, null);

    /** Of somebody who has just been given a token. */
    public static final Known NEVER_VOTED = new Known(0, 0L, "", null, null);

    /** Of somebody of whom nobody knows a vote while PostgreSQL does not answer. */
    public static final Known HARDLY_VOTED = new Known(0, null, "", null, null);
  }

  /** What became of a vote. */
  public enum Result {
    /** PostgreSQL must be asked first. */
    ASK,
    /** Too many came, and PostgreSQL cannot say whether this voter is a new one. */
    TOO_MANY,
    CAST
  }

  /**
   * The result.
   *
   * @param held why the vote is not counted, or empty; see {@link #SUMMED}
   * @param counts of one to five stars after the vote; null where they are not known
   * @param stamp to be sent with what PostgreSQL says
   */
  public record Outcome(Result result, String held, long @Nullable [] counts, String stamp) {
    public Duration retryAfter() {
      return TRY_AGAIN_AFTER;
    }
  }

  /** {@code insist}: record the vote even where the rating then is not known for a while. */
  public Uni<Outcome> cast(Vote vote, Known known, boolean insist) {
    int site = vote.site.id();
    long page = vote.page.key();
    List<String> keys =
        List.of(
            VoteKeys.votes(site, page),
            VoteKeys.rating(site, page),
            VoteKeys.dirtyRatings(Keys.bucket(site)),
            Keys.names(site),
            VoteKeys.newVotes(site, vote.shares.day),
            VoteKeys.newVotes(site, clock.millis() / 60_000),
            VoteKeys.summedVotes(site),
            VoteKeys.ratingsFrom(Keys.bucket(site)),
            epochs.key(site));
    List<Object> args = new ArrayList<>();
    args.addAll(List.of(site + ":" + page, page, vote.voter, vote.stars, vote.held));
    args.add(known.stars == null ? "" : known.stars);
    args.add(known.revision == null ? "" : known.revision);
    args.add(known.held);
    for (int i = 0; i < 5; i++) {
      args.add(known.counts == null ? "" : known.counts[i]);
    }
    args.add(known.stamp == null ? "*" : known.stamp);
    args.add(insist ? "1" : "");
    args.add(vote.page.path());
    args.add(vote.shares.toCount.size());
    args.add(vote.shares.toHold.size());
    vote.shares.toCount.forEach(share -> add(share, args));
    vote.shares.toHold.forEach(share -> add(share, args));
    args.add(epochs.installation());
    return Unis.of(() -> SCRIPT.call(redis::sendDurably, keys, args)).map(CastVote::outcome);
  }

  private static void add(Share share, List<Object> args) {
    int cells = share.ofMinute ? CELLS_OF_MINUTE : CELLS_OF_DAY;
    args.add(share.ofMinute ? 6 : 5);
    args.add(share.most);
    for (int row = 0; row < ROWS; row++) {
      args.add(row * cells + (int) (SplitMix64.of(share.key + row) & (cells - 1)));
    }
  }

  /** How many votes of a site were not kept one by one lately. */
  public Uni<Long> summed(int site) {
    return redis
        .run(Command.HVALS, VoteKeys.summedVotes(site))
        .map(
            found -> {
              long sum = 0;
              for (Response votes : found) {
                sum += votes.toLong();
              }
              return sum;
            });
  }

  private static Outcome outcome(Response reply) {
    return switch (reply.get(0).toString()) {
      case "ask" -> new Outcome(Result.ASK, "", null, reply.get(1).toString());
      case "many" -> new Outcome(Result.TOO_MANY, "", null, "");
      default -> new Outcome(Result.CAST, reply.get(1).toString(), counts(reply), "");
    };
  }

  private static long @Nullable [] counts(Response reply) {
    if (reply.size() == 2) {
      return null;
    }
    long[] counts = new long[5];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = reply.get(i + 2).toLong();
    }
    return counts;
  }

  /** The keys of votes and ratings in Redis; each is described as those of {@link Keys}. */
  public static final class VoteKeys {
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
     * String, a sketch of how many new votes came from which network on a local day. Expires two
     * days after the last.
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

    /**
     * String, the stamp from which ratings of a bucket are right: PostgreSQL was replaced. Stays.
     */
    public static String ratingsFrom(int bucket) {
      return Keys.tag(bucket) + "ratings-from";
    }
  }
}

package vn.luot.live;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import vn.luot.site.Page;
import vn.luot.site.Site;

/** Calls {@code cast_vote.lua}, which describes what is sent and what comes back. */
@ApplicationScoped
public class CastVote {
  private static final Duration DAY = Duration.ofDays(1);

  private final Script script = Script.named("cast_vote");
  private final Store store;

  CastVote(Store store) {
    this.store = store;
  }

  /**
   * A vote to be cast.
   *
   * @param stars 1 to 5, or 0 to withdraw
   * @param held why it is to be kept apart unless this voter is counted already, or empty
   * @param neighbourhood where it came from, hashed
   * @param limits what new voters may do in a day
   */
  public record Vote(
      Site site,
      Page page,
      UUID voter,
      int stars,
      String held,
      String neighbourhood,
      Limits limits) {

    public Vote heldFor(String reason) {
      return new Vote(site, page, voter, stars, reason, neighbourhood, limits);
    }
  }

  /**
   * What keeps made-up voters, and the memory they take, within bounds. Where it is not known who
   * voted, or what is rated, both count as new; so do withdrawals.
   *
   * @param newVoters of one neighbourhood for one page and day
   * @param newVotersOfSite of one neighbourhood for all pages of a site and day
   * @param newRatings pages of a site that may be rated for the first time on a day
   */
  public record Limits(int newVoters, int newVotersOfSite, int newRatings) {}

  /**
   * What PostgreSQL knows; null fields where it was not asked or did not answer.
   *
   * @param stars what is counted of the voter, or 0
   * @param revision of the voter's vote, or 0
   * @param version of the rating
   * @param counts of one to five stars
   */
  public record Known(Integer stars, long revision, Long version, long[] counts) {
    public static final Known NOTHING = new Known(null, 0, null, null);

    /** Of somebody who has just been given a token. */
    public static final Known NEVER_VOTED = new Known(0, 0, null, null);
  }

  /** What became of a vote. */
  public enum Result {
    /** PostgreSQL must be asked first. */
    ASK,
    TOO_MANY_NEW_VOTERS,
    CAST
  }

  /**
   * The result.
   *
   * @param held why the vote is kept apart, or empty
   * @param counts of one to five stars after the vote; null where they are not known
   * @param retrySeconds when the neighbourhood may vote again
   */
  public record Outcome(Result result, String held, long[] counts, long retrySeconds) {}

  /** {@code insist}: record the vote even where the rating then is not known for a while. */
  public Uni<Outcome> cast(Vote vote, Known known, boolean insist) {
    int site = vote.site.id();
    long page = vote.page.key();
    List<String> keys =
        List.of(
            Keys.votes(site, page),
            Keys.rating(site, page),
            Keys.dirtyRatings(Keys.bucket(site)),
            Keys.names(site),
            Keys.newVoters(site, page, vote.neighbourhood),
            Keys.newVotersOfSite(site, vote.neighbourhood),
            Keys.newRatings(site));
    List<Object> args = new ArrayList<>();
    args.addAll(List.of(site + ":" + page, page, vote.voter, vote.stars, vote.held));
    args.add(known.stars == null ? "" : known.stars);
    args.add(known.revision);
    args.add(known.version == null ? "" : known.version);
    for (int i = 0; i < 5; i++) {
      args.add(known.counts == null ? "" : known.counts[i]);
    }
    args.add(insist ? "1" : "");
    args.add(vote.page.path());
    Limits limits = vote.limits;
    args.addAll(List.of(limits.newVoters, limits.newVotersOfSite, limits.newRatings));
    args.add(DAY.toSeconds());
    return Futures.uni(() -> script.call(store::sendDurably, keys, args)).map(CastVote::outcome);
  }

  private static Outcome outcome(Response reply) {
    return switch (reply.get(0).toString()) {
      case "ask" -> new Outcome(Result.ASK, "", null, 0);
      case "many" -> new Outcome(Result.TOO_MANY_NEW_VOTERS, "", null, reply.get(1).toLong());
      default -> new Outcome(Result.CAST, reply.get(1).toString(), counts(reply), 0);
    };
  }

  private static long[] counts(Response reply) {
    if (reply.size() == 2) {
      return null;
    }
    long[] counts = new long[5];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = reply.get(i + 2).toLong();
    }
    return counts;
  }
}

package vn.luot.rating;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.admission.KnownPages;
import vn.luot.connection.Unis;
import vn.luot.live.ReadSite;
import vn.luot.live.Visitors;
import vn.luot.live.Visitors.Networks;
import vn.luot.live.record.CastVote;
import vn.luot.live.record.CastVote.Known;
import vn.luot.live.record.CastVote.Outcome;
import vn.luot.live.record.CastVote.Result;
import vn.luot.live.record.CastVote.Vote;
import vn.luot.rating.VoteRequest.VoterClaim;
import vn.luot.rating.VoterTokens.Standing;
import vn.luot.rating.VoterTokens.Voter;
import vn.luot.reading.base.Rating;
import vn.luot.reading.base.RatingReader;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.total.Votes;
import vn.luot.total.Votes.Stars;
import vn.luot.total.Votes.WithVote;
import vn.luot.visitor.Caller;

/**
 * Casts, changes and withdraws votes.
 *
 * <p>Redis decides; PostgreSQL is asked only for what Redis does not hold: the rating of a page
 * nobody voted for lately, and the older vote of somebody who changes it. Where PostgreSQL does not
 * answer, the vote is taken all the same, as a new one where nothing else is known, and the rating
 * may not be known until both are up.
 */
@Singleton
public record Ballot(
    KnownPages knownPages,
    VoterTokens tokens,
    Visitors visitors,
    CastVote castVote,
    Votes votes,
    RatingReader ratings,
    NewVoters newVoters,
    ReadSite readSite) {
  private static final int WITHDRAWN = 0;
  private static final String FRESH_TOKEN = "fresh-token";
  private static final Duration ASK_POSTGRES_FOR = Duration.ofMillis(500);
  private static final int ASK_POSTGRES_TIMES = 3;

  /**
   * Without a nonce, what one browser at one address sends for a page on one day is one vote: a
   * form is sent twice by a second click, or by going back.
   */
  Uni<RatingAnswer> castByForm(
      Site site, Page page, int stars, VoterClaim claim, HttpServerRequest request) {
    if (!claim.isEmpty()) {
      return cast(site, page, stars, claim, request);
    }
    return Uni.createFrom()
        .completionStage(() -> visitors.senderOf(site, Caller.of(request)))
        .map(sender -> new VoterClaim(null, "form:" + sender + ":" + page.key()))
        .flatMap(sender -> cast(site, page, stars, sender, request));
  }

  Uni<RatingAnswer> cast(
      Site site, Page page, int stars, VoterClaim claim, HttpServerRequest request) {
    if (!site.rules().rating() || site.rules().ratingClosedPages().contains(page.path())) {
      throw Refusal.of(Reason.RATING_CLOSED, "The site's owner has closed this rating.");
    }
    return requireKnown(site, page).flatMap(known -> put(site, page, stars, claim, request));
  }

  /** A vote names its page, and a page with a name is known. */
  private Uni<Page> requireKnown(Site site, Page page) {
    if (page.equals(Page.PORTAL)) {
      return Uni.createFrom().item(page);
    }
    return Uni.createFrom()
        .completionStage(() -> knownPages.countedAs(site, page))
        .invoke(countedAs -> refuseUnknown(page, countedAs));
  }

  private static void refuseUnknown(Page page, Page countedAs) {
    if (!countedAs.equals(page)) {
      throw Refusal.of(Reason.RATING_CLOSED, "The site takes votes only for pages that it knows.");
    }
  }

  /** Also where the rating is closed: a vote stays its voter's. */
  Uni<RatingAnswer> withdraw(Site site, Page page, VoterClaim claim, HttpServerRequest request) {
    return put(site, page, WITHDRAWN, claim, request);
  }

  private Uni<RatingAnswer> put(
      Site site, Page page, int stars, VoterClaim claim, HttpServerRequest request) {
    return tokens
        .voter(site, claim)
        .flatMap(
            voter ->
                Uni.createFrom()
                    .completionStage(() -> visitors.networksOf(site, Caller.of(request)))
                    .flatMap(from -> put(vote(site, page, stars, voter, from), voter)));
  }

  private Vote vote(Site site, Page page, int stars, Voter voter, Networks from) {
    String held = voter.standing() == Standing.FRESH_TOKEN ? FRESH_TOKEN : "";
    return new Vote(site, page, voter.id(), stars, held, newVoters.of(page, from));
  }

  private Uni<RatingAnswer> put(Vote vote, Voter voter) {
    Known known = voter.standing() == Standing.NEW ? Known.NEVER_VOTED : Known.NOTHING;
    return castVote
        .cast(vote, known, false)
        .flatMap(outcome -> askWhereNeeded(vote, voter, outcome, 1))
        .onFailure(e -> !(e instanceof Refusal))
        .transform(
            e ->
                Refusal.forNow(Reason.NOT_STORED, "Redis did not confirm the vote; send it again."))
        .invoke(Ballot::refuseTooMany)
        .flatMap(outcome -> rating(vote, outcome).map(now -> answer(vote, voter, outcome, now)));
  }

  /** Votes that are settled meanwhile make an answer of PostgreSQL too old: it is asked again. */
  private Uni<Outcome> askWhereNeeded(Vote vote, Voter voter, Outcome outcome, int time) {
    if (outcome.result() != Result.ASK) {
      return Uni.createFrom().item(outcome);
    }
    return votes
        .rating(vote.site().id(), vote.page().key(), vote.voter())
        .plug(Unis.within(ASK_POSTGRES_FOR))
        .onFailure()
        .recoverWithNull()
        .call(found -> requireViewed(vote, found))
        .flatMap(
            found ->
                castVote.cast(
                    vote,
                    found == null ? unanswered(vote, voter) : known(found, outcome.stamp()),
                    found == null || time == ASK_POSTGRES_TIMES))
        .flatMap(next -> askWhereNeeded(vote, voter, next, time + 1));
  }

  private static Known unanswered(Vote vote, Voter voter) {
    return switch (voter.standing()) {
      case NEW -> Known.NEVER_VOTED;
      case HARDLY_VOTED -> vote.stars() == WITHDRAWN ? Known.NOTHING : Known.HARDLY_VOTED;
      case FRESH_TOKEN, VOTED -> Known.NOTHING;
    };
  }

  private static Known known(WithVote found, String stamp) {
    Stars stars = found.rating();
    long[] counts = {stars.one(), stars.two(), stars.three(), stars.four(), stars.five()};
    return new Known(found.stars(), found.revision(), found.held(), counts, stamp);
  }

  /**
   * Nobody fills a site with ratings of pages that are none. A view of a moment ago is in Redis
   * only; where PostgreSQL cannot say what was viewed before, any page is.
   */
  private Uni<?> requireViewed(Vote vote, @Nullable WithVote found) {
    if (vote.stars() == WITHDRAWN || vote.page().equals(Page.PORTAL)) {
      return Uni.createFrom().voidItem();
    }
    if (found == null || found.pageKnown()) {
      return Uni.createFrom().voidItem();
    }
    return Uni.createFrom()
        .completionStage(() -> readSite.read(vote.site(), List.of(vote.page())).toCompletionStage())
        .invoke(
            live -> {
              if (live.numbers().pages().getOrDefault(vote.page(), 0L) == 0) {
                throw Refusal.of(
                    Reason.RATING_CLOSED,
                    "Nobody has viewed this page yet: count a view of it first.");
              }
            });
  }

  private static void refuseTooMany(Outcome outcome) {
    if (outcome.result() == Result.TOO_MANY) {
      throw Refusal.after(
          Reason.TOO_MANY,
          "Many votes come from your network, and it is not known at the moment whether you have"
              + " voted here; try again.",
          outcome.retryAfter());
    }
  }

  /** Nothing where the site's numbers are not public. */
  private Uni<Rating> rating(Vote vote, Outcome outcome) {
    if (!vote.site().rules().publicReading()) {
      return Uni.createFrom().item(Rating.UNKNOWN);
    }
    return ratings
        .withOpenings(vote.site(), List.of(vote.page()), List.of(Rating.of(outcome.counts())))
        .map(found -> found.get(0));
  }

  private static RatingAnswer answer(Vote vote, Voter voter, Outcome outcome, Rating rating) {
    boolean withdrawn = vote.stars() == WITHDRAWN;
    boolean kept = !withdrawn && !outcome.held().equals(CastVote.SUMMED);
    return new RatingAnswer(
        rating,
        kept ? vote.stars() : null,
        voter.token(),
        withdrawn || outcome.held().isEmpty() ? null : outcome.held());
  }

  /**
   * The rating that contains the vote just cast.
   *
   * @param rating its fields are this answer's
   * @param mine this voter's stars; null after a withdrawal, or where the vote is not kept
   * @param voter the token to send with this voter's next vote
   * @param held why the vote is not counted yet: fresh-token, network (many new voters of one
   *     network or site; the owner decides), summed (as network, but too many to be kept one by
   *     one), removed; absent for a counted one
   */
  public record RatingAnswer(
      @JsonUnwrapped Rating rating,
      @Schema(
              description = "This voter's stars; null after a withdrawal",
              nullable = true,
              examples = "5")
          @Nullable Integer mine,
      String voter,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String held) {}
}

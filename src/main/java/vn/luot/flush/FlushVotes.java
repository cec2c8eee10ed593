package vn.luot.flush;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.Pieces;
import vn.luot.live.Script;
import vn.luot.live.Store;
import vn.luot.total.RatingTotals;
import vn.luot.total.RatingTotals.Total;
import vn.luot.total.Stars;
import vn.luot.total.Votes;

/** Takes the votes that Redis holds to PostgreSQL, whose rating then replaces the live one. */
@ApplicationScoped
class FlushVotes {
  private static final int AT_ONCE = 4;

  /** A settled rating is a copy; while it is there, reading needs no PostgreSQL. */
  private static final Duration KEEP_SETTLED = Duration.ofHours(1);

  private final Script confirm = Script.named("confirm_votes");
  private final Store store;
  private final FlushNames names;
  private final Votes votes;
  private final RatingTotals totals;
  private final Strides strides;
  private final FlushConfig config;

  FlushVotes(
      Store store,
      FlushNames names,
      Votes votes,
      RatingTotals totals,
      Strides strides,
      FlushConfig config) {
    this.store = store;
    this.names = names;
    this.votes = votes;
    this.totals = totals;
    this.strides = strides;
    this.config = config;
  }

  /** A page with votes to flush. */
  private record DirtyRating(int site, long page) {
    static DirtyRating of(String mark) {
      int colon = mark.indexOf(':');
      return new DirtyRating(
          Integer.parseInt(mark.substring(0, colon)), Long.parseLong(mark.substring(colon + 1)));
    }
  }

  Uni<Void> flush(int bucket) {
    return flush(bucket, rating -> true);
  }

  Uni<Void> flushSite(int site) {
    return flush(Keys.bucket(site), rating -> rating.site == site);
  }

  /** PostgreSQL's rating takes the place of the live one, unless votes wait to be flushed. */
  Uni<Void> settle(int site, long page) {
    return totals
        .load(site, List.of(page))
        .map(found -> found.getOrDefault(page, Total.NONE))
        .flatMap(total -> confirm(new DirtyRating(site, page), total, Map.of()));
  }

  private Uni<Void> flush(int bucket, Predicate<DirtyRating> which) {
    return send(Request.cmd(Command.SMEMBERS).arg(Keys.dirtyRatings(bucket)))
        .map(FlushVotes::ratings)
        .flatMap(
            dirty ->
                Multi.createFrom()
                    .iterable(dirty)
                    .filter(which)
                    .onItem()
                    .transformToUni(this::flush)
                    .collectFailures()
                    .merge(AT_ONCE)
                    .collect()
                    .last()
                    .replaceWithVoid());
  }

  private static List<DirtyRating> ratings(Response marks) {
    List<DirtyRating> ratings = new ArrayList<>();
    marks.forEach(mark -> ratings.add(DirtyRating.of(mark.toString())));
    return ratings;
  }

  private Uni<Void> flush(DirtyRating rating) {
    Stride stride = strides.swift();
    return names
        .flush(rating.site, stride)
        .flatMap(
            done ->
                Portion.takeAll(
                    stride,
                    cursor -> read(rating, cursor, stride.size()),
                    byVoter -> take(rating, byVoter),
                    byVoter -> settle(rating, byVoter)));
  }

  private Uni<Portion<Map<String, String>>> read(DirtyRating rating, String cursor, int size) {
    String key = Keys.votes(rating.site, rating.page);
    return new Scan(store::sendDurably, Command.HSCAN, key).portion(cursor, size);
  }

  private Uni<Void> take(DirtyRating rating, Map<String, String> byVoter) {
    return votes
        .merge(rating.site, rating.page, rows(byVoter))
        .ifNoItem()
        .after(config.giveUpAfter())
        .fail();
  }

  /** Where none are left the live rating is settled. */
  private Uni<Void> settle(DirtyRating rating, Map<String, String> byVoter) {
    return totals
        .load(rating.site, List.of(rating.page))
        .map(found -> found.getOrDefault(rating.page, Total.NONE))
        .ifNoItem()
        .after(config.giveUpAfter())
        .fail()
        .flatMap(total -> confirm(rating, total, byVoter));
  }

  /** Each vote is {@code stars:revision:why held}. */
  private static List<Votes.Row> rows(Map<String, String> byVoter) {
    List<Votes.Row> rows = new ArrayList<>();
    byVoter.forEach(
        (voter, vote) -> {
          String[] parts = vote.split(":", 3);
          rows.add(
              new Votes.Row(
                  UUID.fromString(voter),
                  Short.parseShort(parts[0]),
                  parts[2],
                  Long.parseLong(parts[1])));
        });
    return rows;
  }

  private Uni<Void> confirm(DirtyRating rating, Total total, Map<String, String> byVoter) {
    List<List<Map.Entry<String, String>>> pieces = Pieces.of(List.copyOf(byVoter.entrySet()));
    return Multi.createFrom()
        .iterable(pieces.isEmpty() ? List.of(List.of()) : pieces)
        .onItem()
        .transformToUniAndConcatenate(piece -> confirmPiece(rating, total, piece))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Response> confirmPiece(
      DirtyRating rating, Total total, List<Map.Entry<String, String>> votes) {
    List<String> keys =
        List.of(
            Keys.votes(rating.site, rating.page),
            Keys.rating(rating.site, rating.page),
            Keys.dirtyRatings(Keys.bucket(rating.site)));
    Stars stars = total.stars();
    List<Object> args = new ArrayList<>();
    args.addAll(List.of(rating.site + ":" + rating.page, KEEP_SETTLED.toSeconds()));
    args.addAll(List.of(total.version(), stars.one(), stars.two(), stars.three()));
    args.addAll(List.of(stars.four(), stars.five()));
    votes.forEach(vote -> args.addAll(List.of(vote.getKey(), vote.getValue())));
    return Futures.uni(() -> confirm.call(store::send, keys, args));
  }

  private Uni<Response> send(Request request) {
    return Futures.uni(() -> store.send(request));
  }
}

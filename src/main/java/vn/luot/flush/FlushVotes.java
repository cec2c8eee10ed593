package vn.luot.flush;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import vn.luot.connection.Unis;
import vn.luot.flush.day.Chunk;
import vn.luot.flush.day.Chunk.Pace;
import vn.luot.flush.day.Chunk.Scan;
import vn.luot.flush.day.FlushConfig;
import vn.luot.live.Epochs;
import vn.luot.live.record.CastVote.VoteKeys;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.total.Votes;
import vn.luot.total.Votes.Stars;

/** Takes the votes that Redis holds to PostgreSQL, whose rating then replaces the live one. */
@Singleton
record FlushVotes(
    RedisCommands redis, Epochs epochs, FlushNames names, Votes votes, FlushConfig config) {
  private static final int AT_ONCE = 4;

  /** A settled rating is a copy; while it is there, reading needs no PostgreSQL. */
  private static final Duration KEEP_SETTLED = Duration.ofHours(1);

  private static final Script KNOW = Script.named("know_votes");
  private static final Script CONFIRM = Script.named("confirm_votes");

  /** A page with votes to flush. */
  private record DirtyRating(int site, long page) {
    static DirtyRating of(String mark) {
      int colon = mark.indexOf(':');
      return new DirtyRating(
          Integer.parseInt(mark.substring(0, colon)), Long.parseLong(mark.substring(colon + 1)));
    }
  }

  Uni<Void> flush(int bucket) {
    return flush(bucket, site -> true);
  }

  Uni<Void> flushSite(int site) {
    return flush(Keys.bucket(site), dirty -> dirty == site);
  }

  /** PostgreSQL's rating takes the place of the live one, unless votes wait to be flushed. */
  Uni<Void> settle(int site, long page) {
    return settle(new DirtyRating(site, page), Map.of());
  }

  private Uni<Void> flush(int bucket, IntPredicate which) {
    return redis
        .run(Command.SMEMBERS, VoteKeys.dirtyRatings(bucket))
        .map(FlushVotes::bySite)
        .flatMap(
            dirty -> {
              dirty.keySet().removeIf(site -> !which.test(site));
              return Unis.each(dirty.values(), 1, this::flush);
            });
  }

  private static Map<Integer, List<DirtyRating>> bySite(Response marks) {
    return marks.stream()
        .map(mark -> DirtyRating.of(mark.toString()))
        .collect(Collectors.groupingBy(DirtyRating::site));
  }

  /** Of one site. */
  private Uni<Void> flush(List<DirtyRating> ratings) {
    Pace pace = new Pace(config.batchSize());
    return names
        .flush(ratings.get(0).site, pace)
        .chain(() -> Unis.each(ratings, AT_ONCE, rating -> flush(rating, pace)));
  }

  private Uni<Void> flush(DirtyRating rating, Pace pace) {
    return Chunk.takeAll(
        pace,
        cursor -> read(rating, cursor, pace.chunk()),
        byVoter -> take(rating, byVoter),
        byVoter -> settle(rating, byVoter));
  }

  private Uni<Chunk<Map<String, String>>> read(DirtyRating rating, String cursor, int size) {
    String key = VoteKeys.votes(rating.site, rating.page);
    return new Scan(redis::sendDurably, Command.HSCAN, key).chunk(cursor, size);
  }

  private Uni<Void> take(DirtyRating rating, Map<String, String> byVoter) {
    return know(rating, byVoter)
        .flatMap(known -> votes.merge(rating.site, rating.page, rows(byVoter)))
        .plug(Unis.within(config.giveUpAfter()));
  }

  /** Votes of which it is not known whether they are later than PostgreSQL's are made so. */
  private Uni<Void> know(DirtyRating rating, Map<String, String> byVoter) {
    List<Map.Entry<String, String>> doubtful =
        byVoter.entrySet().stream().filter(vote -> Cast.of(vote.getValue()).doubtful).toList();
    if (doubtful.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<UUID> voters = doubtful.stream().map(vote -> UUID.fromString(vote.getKey())).toList();
    return votes
        .revisions(rating.site, rating.page, voters)
        .flatMap(
            stored -> {
              List<Object> args = new ArrayList<>();
              for (Map.Entry<String, String> vote : doubtful) {
                Long before = stored.get(UUID.fromString(vote.getKey()));
                Cast later = Cast.of(vote.getValue()).laterThan(before == null ? 0 : before);
                args.addAll(List.of(vote.getKey(), vote.getValue(), later.toString()));
              }
              String key = VoteKeys.votes(rating.site, rating.page);
              return Unis.of(() -> KNOW.call(redis::sendDurably, List.of(key), args))
                  .invoke(known -> replace(byVoter, args, known));
            })
        .replaceWithVoid();
  }

  /** Who voted again meanwhile is left for the next flush. */
  private static void replace(Map<String, String> byVoter, List<Object> args, Response known) {
    for (int i = 0; i < known.size(); i++) {
      String voter = args.get(3 * i).toString();
      if (known.get(i).toInteger() == 1) {
        byVoter.put(voter, args.get(3 * i + 2).toString());
      } else {
        byVoter.remove(voter);
      }
    }
  }

  /** Where none are left the live rating is settled. */
  private Uni<Void> settle(DirtyRating rating, Map<String, String> byVoter) {
    String key = VoteKeys.rating(rating.site, rating.page);
    // Before the rating is read: whoever settles votes meanwhile changes it.
    return redis
        .run(Command.HGET, key, "settled")
        .map(stamp -> stamp == null ? "" : stamp.toString())
        .flatMap(
            stamp ->
                votes
                    .ratings(rating.site, List.of(rating.page))
                    .plug(Unis.within(config.giveUpAfter()))
                    .map(found -> found.get(rating.page))
                    .flatMap(stars -> confirm(rating, stamp, stars, byVoter)));
  }

  /** A vote as Redis holds it: {@code stars:revision:why held}. */
  private record Cast(short stars, long revision, boolean doubtful, String held) {
    static Cast of(String vote) {
      String[] parts = vote.split(":", 3);
      boolean doubtful = parts[1].endsWith("?");
      String revision = doubtful ? parts[1].substring(0, parts[1].length() - 1) : parts[1];
      return new Cast(Short.parseShort(parts[0]), Long.parseLong(revision), doubtful, parts[2]);
    }

    Cast laterThan(long before) {
      return new Cast(stars, Math.max(revision, before + 1), false, held);
    }

    @Override
    public String toString() {
      return stars + ":" + revision + ":" + held;
    }
  }

  private static List<Votes.Vote> rows(Map<String, String> byVoter) {
    List<Votes.Vote> rows = new ArrayList<>();
    byVoter.forEach(
        (voter, vote) -> {
          Cast cast = Cast.of(vote);
          rows.add(new Votes.Vote(UUID.fromString(voter), cast.stars, cast.held, cast.revision));
        });
    return rows;
  }

  private Uni<Void> confirm(
      DirtyRating rating, String stamp, Stars stars, Map<String, String> byVoter) {
    List<List<Map.Entry<String, String>>> chunks = Script.chunks(List.copyOf(byVoter.entrySet()));
    Uni<String> next = Uni.createFrom().item(stamp);
    for (List<Map.Entry<String, String>> chunk :
        chunks.isEmpty() ? List.of(List.<Map.Entry<String, String>>of()) : chunks) {
      next = next.flatMap(known -> confirmChunk(rating, known, stars, chunk));
    }
    return next.replaceWithVoid();
  }

  /** Completes with the stamp for the next chunk. */
  private Uni<String> confirmChunk(
      DirtyRating rating, String stamp, Stars stars, List<Map.Entry<String, String>> votes) {
    List<String> keys =
        List.of(
            VoteKeys.votes(rating.site, rating.page),
            VoteKeys.rating(rating.site, rating.page),
            VoteKeys.dirtyRatings(Keys.bucket(rating.site)),
            VoteKeys.ratingsFrom(Keys.bucket(rating.site)),
            epochs.key(rating.site));
    List<Object> args = new ArrayList<>();
    args.addAll(List.of(rating.site + ":" + rating.page, KEEP_SETTLED.toSeconds(), stamp));
    args.addAll(List.of(stars.one(), stars.two(), stars.three(), stars.four(), stars.five()));
    votes.forEach(vote -> args.addAll(List.of(vote.getKey(), vote.getValue())));
    return redis.run(CONFIRM, keys, args).map(Response::toString);
  }
}

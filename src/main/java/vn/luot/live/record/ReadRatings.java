package vn.luot.live.record;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import vn.luot.live.Epochs;
import vn.luot.live.record.CastVote.VoteKeys;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.site.page.Page;

/** Calls {@code read_ratings.lua}. */
@Singleton
public record ReadRatings(RedisCommands redis, Epochs epochs) {
  private static final Script SCRIPT = Script.named("read_ratings", "ratings_from");

  /** Who knows a rating. */
  public enum Knower {
    REDIS,
    POSTGRES,
    NOBODY
  }

  /** {@code counts} of one to five stars, where Redis knows them. */
  public record LiveRating(Knower knower, long[] counts) {
    static final LiveRating IN_POSTGRES = new LiveRating(Knower.POSTGRES, new long[5]);
    static final LiveRating NOWHERE = new LiveRating(Knower.NOBODY, new long[5]);
  }

  /** In the order of the pages. */
  public Uni<List<LiveRating>> read(int site, List<Page> pages) {
    List<String> keys = new ArrayList<>(3 + pages.size());
    List<Object> args = new ArrayList<>(1 + pages.size());
    keys.add(VoteKeys.dirtyRatings(Keys.bucket(site)));
    keys.add(VoteKeys.ratingsFrom(Keys.bucket(site)));
    keys.add(epochs.key(site));
    args.add(site);
    for (Page page : pages) {
      keys.add(VoteKeys.rating(site, page.key()));
      args.add(page.key());
    }
    return redis
        .run(SCRIPT, keys, args)
        .map(
            reply -> {
              List<LiveRating> ratings = new ArrayList<>(pages.size());
              for (int i = 0; i < pages.size(); i++) {
                ratings.add(reply.size() == 0 ? LiveRating.IN_POSTGRES : rating(reply.get(i)));
              }
              return ratings;
            });
  }

  private static LiveRating rating(Response reply) {
    if (reply.type() != ResponseType.MULTI) {
      return reply.toInteger() == 0 ? LiveRating.IN_POSTGRES : LiveRating.NOWHERE;
    }
    long[] counts = new long[5];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = reply.get(i).toLong();
    }
    return new LiveRating(Knower.REDIS, counts);
  }
}

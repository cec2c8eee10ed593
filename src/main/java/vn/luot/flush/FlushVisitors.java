package vn.luot.flush;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.List;
import vn.luot.flush.day.Days;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.register.SiteDay;

/**
 * Keeps a day's distinct visitors the same in Redis and PostgreSQL, which has Redis's HyperLogLog
 * as it is, and the number it estimates: what PostgreSQL has is merged into Redis first, which
 * restores it after a Redis was lost.
 */
@Singleton
record FlushVisitors(RedisCommands redis, Pool pool) {
  private static final Script MERGE = Script.named("merge_visitors");
  private static final Script CONFIRM = Script.named("confirm_visitors");

  private static final String LOAD =
      "SELECT sketch FROM daily_visitors WHERE site_id = $1 AND day = $2";

  /** An older sketch, written late by another flusher, has fewer visitors and stays away. */
  private static final String SAVE =
      """
      INSERT INTO daily_visitors AS d (site_id, day, visitors, sketch) VALUES ($1, $2, $3, $4)
      ON CONFLICT (site_id, day) DO UPDATE
      SET visitors = excluded.visitors, sketch = excluded.sketch
      WHERE excluded.visitors >= d.visitors
      """;

  Uni<Void> flush(SiteDay day) {
    return pool.preparedQuery(LOAD)
        .execute(Tuple.of(day.site(), day.day()))
        .flatMap(saved -> merge(day, saved))
        .flatMap(merged -> save(day, merged.get(0).toLong(), merged.get(1).toBuffer()));
  }

  private Uni<Response> merge(SiteDay day, Iterable<Row> saved) {
    List<String> keys =
        List.of(Keys.visitors(day.site(), day.day()), Keys.visitorsSaved(day.site(), day.day()));
    Object sketch = "";
    for (Row row : saved) {
      sketch = row.getBuffer(0).getDelegate();
    }
    return redis.run(MERGE, keys, List.of(sketch));
  }

  private Uni<Void> save(SiteDay day, long visitors, Buffer sketch) {
    List<String> keys =
        List.of(Keys.dirty(Keys.bucket(day.site())), Keys.visitors(day.site(), day.day()));
    List<Object> args = List.of(Days.visitorsMark(day), sketch);
    return pool.preparedQuery(SAVE)
        .execute(Tuple.of(day.site(), day.day(), visitors, sketch))
        .flatMap(saved -> redis.run(CONFIRM, keys, args))
        .replaceWithVoid();
  }
}

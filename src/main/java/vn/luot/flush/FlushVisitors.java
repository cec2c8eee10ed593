package vn.luot.flush;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import vn.luot.flush.day.Days;
import vn.luot.live.Keys;
import vn.luot.live.redis.Futures;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.register.SiteDay;
import vn.luot.total.DailyVisitors;

/**
 * Keeps a day's distinct visitors the same in Redis and PostgreSQL: what PostgreSQL has is merged
 * into Redis first, which restores it after a Redis was lost.
 */
@ApplicationScoped
class FlushVisitors {
  private final Script merge = Script.named("merge_visitors");
  private final Script confirm = Script.named("confirm_visitors");
  private final RedisCommands redis;
  private final DailyVisitors totals;

  FlushVisitors(RedisCommands redis, DailyVisitors totals) {
    this.redis = redis;
    this.totals = totals;
  }

  Uni<Void> flush(SiteDay day) {
    return totals
        .load(day.site(), day.day())
        .flatMap(saved -> merge(day, saved))
        .flatMap(merged -> save(day, merged.get(0).toLong(), bytes(merged)));
  }

  private Uni<Response> merge(SiteDay day, Buffer saved) {
    List<String> keys =
        List.of(Keys.visitors(day.site(), day.day()), Keys.visitorsSaved(day.site(), day.day()));
    Object sketch = saved == null ? "" : saved.getDelegate();
    return Futures.uni(() -> merge.call(redis::send, keys, List.of(sketch)));
  }

  private static Buffer bytes(Response merged) {
    return Buffer.newInstance(merged.get(1).toBuffer());
  }

  private Uni<Void> save(SiteDay day, long visitors, Buffer sketch) {
    List<String> keys =
        List.of(Keys.dirty(Keys.bucket(day.site())), Keys.visitors(day.site(), day.day()));
    List<Object> args = List.of(Days.visitorsMark(day), sketch.getDelegate());
    return totals
        .save(day.site(), day.day(), visitors, sketch)
        .flatMap(saved -> Futures.uni(() -> confirm.call(redis::send, keys, args)))
        .replaceWithVoid();
  }
}

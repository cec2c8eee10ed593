package vn.luot.flush;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.Store;
import vn.luot.register.SiteDay;

/** Which days Redis holds registers of, flushed or not, and where they lie. */
@ApplicationScoped
class KeptDays {
  private final Store store;

  KeptDays(Store store) {
    this.store = store;
  }

  Uni<List<SiteDay>> of(int bucket) {
    return send(Request.cmd(Command.SMEMBERS).arg(Keys.days(bucket))).map(KeptDays::days);
  }

  private static List<SiteDay> days(Response marks) {
    List<SiteDay> days = new ArrayList<>();
    marks.forEach(mark -> days.add(SiteDay.of(mark.toString())));
    return days;
  }

  /**
   * The keys of the day's shards: read first, because a script may only touch keys it was given.
   */
  Uni<List<String>> shards(SiteDay day) {
    return send(Request.cmd(Command.GET).arg(Keys.shards(day))).map(bitmap -> shards(day, bitmap));
  }

  private static List<String> shards(SiteDay day, Response bitmap) {
    List<String> keys = new ArrayList<>();
    byte[] bits = bitmap == null ? new byte[0] : bitmap.toBytes();
    for (int i = 0; i < bits.length * 8; i++) {
      // Redis numbers bits from the most significant one of the first byte.
      if ((bits[i / 8] >> (7 - i % 8) & 1) == 1) {
        keys.add(Keys.pages(day, i));
      }
    }
    return keys;
  }

  private Uni<Response> send(Request request) {
    return Futures.uni(() -> store.send(request));
  }
}

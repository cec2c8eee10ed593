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
import vn.luot.live.Script;
import vn.luot.live.Store;
import vn.luot.register.Kind;
import vn.luot.register.Register;
import vn.luot.register.RegisterTables;

/** Takes the views by referrer of a day to PostgreSQL: all hosts at once, there are few. */
@ApplicationScoped
class FlushReferrers {
  private final Script confirm = Script.named("confirm_referrers");
  private final Store store;
  private final RegisterTables totals;
  private final FlushMetrics metrics;

  FlushReferrers(Store store, RegisterTables totals, FlushMetrics metrics) {
    this.store = store;
    this.totals = totals;
    this.metrics = metrics;
  }

  Uni<Void> flush(DirtyDay day) {
    if (!day.referrers()) {
      return Uni.createFrom().voidItem();
    }
    String key = Keys.referrers(day.epoch(), day.site(), day.day());
    return Futures.uni(() -> store.sendDurably(Request.cmd(Command.HGETALL).arg(key)))
        .map(FlushReferrers::rows)
        .call(rows -> totals.merge(Kind.REFERRERS, day.all(), rows))
        .invoke(rows -> metrics.flushed(rows.size()))
        .flatMap(rows -> confirm(day, key, rows));
  }

  private static List<Register> rows(Response hosts) {
    List<Register> rows = new ArrayList<>();
    for (String host : hosts.getKeys()) {
      rows.add(new Register(host, hosts.get(host).toLong()));
    }
    return rows;
  }

  private Uni<Void> confirm(DirtyDay day, String key, List<Register> rows) {
    long sum = rows.stream().mapToLong(row -> row.counts()[0]).sum();
    List<String> keys = List.of(Keys.dirty(Keys.bucket(day.site())), key);
    return Futures.uni(() -> confirm.call(store::send, keys, List.of(day.referrersMark(), sum)))
        .replaceWithVoid();
  }
}

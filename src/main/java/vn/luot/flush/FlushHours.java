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
import vn.luot.register.Kind;
import vn.luot.register.Register;
import vn.luot.register.RegisterTables;

/** Takes the dirty hours of a day to PostgreSQL, after its pages. */
@ApplicationScoped
class FlushHours {
  private final Store store;
  private final RegisterTables totals;
  private final Confirm confirm;
  private final FlushMetrics metrics;

  FlushHours(Store store, RegisterTables totals, Confirm confirm, FlushMetrics metrics) {
    this.store = store;
    this.totals = totals;
    this.confirm = confirm;
    this.metrics = metrics;
  }

  Uni<Void> flush(DirtyDay day) {
    if (day.hours().isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Request request = Request.cmd(Command.HMGET).arg(Keys.day(day.epoch(), day.site(), day.day()));
    day.hours().forEach(hour -> request.arg("v" + hour).arg("n" + hour).arg("b" + hour));
    return Futures.uni(() -> store.sendDurably(request))
        .map(values -> rows(day, values))
        .call(rows -> totals.merge(Kind.HOURS, day.all(), rows))
        .invoke(rows -> metrics.flushed(3 * rows.size()))
        .flatMap(rows -> confirm(day, rows));
  }

  private static List<Register> rows(DirtyDay day, Response values) {
    List<Register> rows = new ArrayList<>();
    for (int i = 0; i < day.hours().size(); i++) {
      rows.add(
          new Register(
              day.hours().get(i).toString(),
              number(values.get(3 * i)),
              number(values.get(3 * i + 1)),
              number(values.get(3 * i + 2))));
    }
    return rows;
  }

  private static long number(Response value) {
    return value == null ? 0 : value.toLong();
  }

  private Uni<Void> confirm(DirtyDay day, List<Register> rows) {
    return Uni.join()
        .all(rows.stream().map(row -> confirm.hour(day, row)).toList())
        .andFailFast()
        .replaceWithVoid();
  }
}

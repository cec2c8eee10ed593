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
import vn.luot.live.ReadRegisters;
import vn.luot.live.ReadRegisters.Register;
import vn.luot.live.Store;
import vn.luot.register.Kind;
import vn.luot.register.RegisterTables;

/** Takes the dirty page registers of a day to PostgreSQL, some at a time. */
@ApplicationScoped
class FlushPages {
  private final Store store;
  private final ReadRegisters registers;
  private final RegisterTables totals;
  private final Confirm confirm;
  private final FlushConfig config;
  private final FlushMetrics metrics;

  FlushPages(
      Store store,
      ReadRegisters registers,
      RegisterTables totals,
      Confirm confirm,
      FlushConfig config,
      FlushMetrics metrics) {
    this.store = store;
    this.registers = registers;
    this.totals = totals;
    this.confirm = confirm;
    this.config = config;
    this.metrics = metrics;
  }

  /** How many registers wait. */
  Uni<Integer> dirty(DirtyDay day) {
    Request request =
        Request.cmd(Command.SCARD).arg(Keys.dirtyPages(day.epoch(), day.site(), day.day()));
    return Futures.uni(() -> store.send(request)).map(Response::toInteger);
  }

  Uni<Void> flush(DirtyDay day, Stride stride) {
    return Portion.takeAll(
        stride,
        cursor -> read(day, cursor, stride.size()),
        rows -> take(day, rows),
        rows -> confirm.pages(day, rows));
  }

  private Uni<Portion<List<vn.luot.register.Register>>> read(
      DirtyDay day, String cursor, int size) {
    String key = Keys.dirtyPages(day.epoch(), day.site(), day.day());
    return new Scan(store::send, Command.SSCAN, key)
        .portion(cursor, size)
        .flatMap(
            found -> {
              List<Long> pages = found.rows().keySet().stream().map(Long::valueOf).toList();
              return registers(day, pages)
                  .map(values -> new Portion<>(rows(pages, values), found.next()));
            });
  }

  private Uni<long[]> registers(DirtyDay day, List<Long> pages) {
    Register register = new Register(day.epoch(), day.day());
    return pages.isEmpty()
        ? Uni.createFrom().item(new long[0])
        : Futures.uni(() -> registers.ofPagesAndVisitsDurably(day.site(), pages, register));
  }

  private Uni<Void> take(DirtyDay day, List<vn.luot.register.Register> rows) {
    return totals
        .merge(Kind.PAGES, day.all(), rows)
        .ifNoItem()
        .after(config.giveUpAfter())
        .fail()
        .invoke(() -> metrics.flushed(rows.size()));
  }

  private static List<vn.luot.register.Register> rows(List<Long> pages, long[] values) {
    List<vn.luot.register.Register> rows = new ArrayList<>(pages.size());
    for (int i = 0; i < pages.size(); i++) {
      rows.add(
          new vn.luot.register.Register(pages.get(i).toString(), values[2 * i], values[2 * i + 1]));
    }
    return rows;
  }
}

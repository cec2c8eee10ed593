package vn.luot.flush;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.Pieces;
import vn.luot.live.Script;
import vn.luot.live.Store;
import vn.luot.register.Register;

/**
 * Tells Redis what PostgreSQL has committed. What changed meanwhile stays dirty, so that nothing
 * depends on when, how often or by whom this is called.
 */
@ApplicationScoped
class Confirm {
  private final Script pages = Script.named("confirm_pages");
  private final Script names = Script.named("confirm_names");
  private final Script hour = Script.named("confirm_hour");
  private final Store store;

  Confirm(Store store) {
    this.store = store;
  }

  Uni<Void> pages(DirtyDay day, List<Register> rows) {
    return each(rows, piece -> pagesOf(day, piece));
  }

  private Uni<Void> pagesOf(DirtyDay day, List<Register> rows) {
    List<String> keys = new ArrayList<>();
    List<Object> args = new ArrayList<>();
    keys.add(Keys.dirtyPages(day.epoch(), day.site(), day.day()));
    for (Register row : rows) {
      keys.add(
          Keys.pages(day.epoch(), day.site(), day.day(), Keys.shard(Long.parseLong(row.key()))));
      args.add(row.key());
      args.add(row.counts()[0]);
      args.add(row.counts()[1]);
    }
    return call(pages, keys, args);
  }

  /** By page, as the hash of names held them. */
  Uni<Void> names(int site, Map<String, String> flushed) {
    return each(List.copyOf(flushed.entrySet()), piece -> namesOf(site, piece));
  }

  private Uni<Void> namesOf(int site, List<Map.Entry<String, String>> flushed) {
    List<Object> args = new ArrayList<>(2 * flushed.size());
    for (Map.Entry<String, String> name : flushed) {
      args.add(name.getKey());
      args.add(name.getValue());
    }
    return call(names, List.of(Keys.names(site)), args);
  }

  /** One piece after the other, so that hits come in between. */
  private static <T> Uni<Void> each(List<T> all, Function<List<T>, Uni<Void>> confirm) {
    return Multi.createFrom()
        .iterable(Pieces.of(all))
        .onItem()
        .transformToUniAndConcatenate(confirm::apply)
        .collect()
        .last()
        .replaceWithVoid();
  }

  Uni<Void> hour(DirtyDay day, Register row) {
    return call(
        hour,
        List.of(
            Keys.dirty(Keys.bucket(day.site())),
            Keys.day(day.epoch(), day.site(), day.day()),
            Keys.dirtyPages(day.epoch(), day.site(), day.day()),
            Keys.names(day.site())),
        List.of(
            day.mark() + ":" + row.key(),
            row.key(),
            row.counts()[0],
            row.counts()[1],
            row.counts()[2]));
  }

  private Uni<Void> call(Script script, List<String> keys, List<Object> args) {
    return Futures.uni(() -> script.call(store::send, keys, args)).replaceWithVoid();
  }
}

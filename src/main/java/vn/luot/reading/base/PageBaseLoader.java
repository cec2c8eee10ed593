package vn.luot.reading.base;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import vn.luot.connection.Unis;
import vn.luot.live.Epochs;
import vn.luot.live.read.ReadRegisters;
import vn.luot.live.read.ReadRegisters.PageDay;
import vn.luot.total.PageSums;
import vn.luot.total.PageSums.Asked;
import vn.luot.total.PageSums.Sum;

/**
 * Loads the bases of pages of any sites, many with one query: those asked for while a query is
 * under way make up the next one. What cannot be loaded is given up, not kept waiting.
 */
@ApplicationScoped
class PageBaseLoader {
  private static final int MOST_AT_ONCE = 500;

  private final PageSums sums;
  private final ReadRegisters registers;
  private final Epochs epochs;
  private final int mostWaiting;
  private final Duration giveUpAfter;
  private final Map<PageBases.Key, Wanted> waiting = new LinkedHashMap<>();
  private final Map<PageBases.Key, Wanted> underWay = new HashMap<>();
  private boolean loading;

  PageBaseLoader(PageSums sums, ReadRegisters registers, Epochs epochs, ReadingConfig config) {
    this.sums = sums;
    this.registers = registers;
    this.epochs = epochs;
    this.mostWaiting = config.pagesWaiting();
    this.giveUpAfter = config.giveUpAfter();
  }

  private record Wanted(PageBases.Key key, CompletableFuture<Long> base) {}

  CompletableFuture<Long> load(PageBases.Key key) {
    CompletableFuture<Long> base;
    synchronized (waiting) {
      Wanted asked = underWay.get(key);
      if (asked != null) {
        return asked.base.copy();
      }
      if (waiting.size() >= mostWaiting) {
        return CompletableFuture.completedFuture(null);
      }
      base = waiting.computeIfAbsent(key, k -> new Wanted(k, new CompletableFuture<>())).base;
    }
    loadNext();
    // A copy: whoever stops waiting must not decide for the others.
    return base.copy();
  }

  private void loadNext() {
    List<Wanted> taken = take();
    if (!taken.isEmpty()) {
      load(taken)
          .ifNoItem()
          .after(giveUpAfter)
          .fail()
          .onTermination()
          .invoke(this::finished)
          .subscribe()
          .with(
              done -> {},
              failure -> taken.forEach(wanted -> wanted.base.completeExceptionally(failure)));
    }
  }

  private void finished() {
    synchronized (waiting) {
      loading = false;
      underWay.clear();
    }
    loadNext();
  }

  private List<Wanted> take() {
    synchronized (waiting) {
      List<Wanted> taken = new ArrayList<>();
      if (loading || waiting.isEmpty()) {
        return taken;
      }
      loading = true;
      Iterator<Wanted> next = waiting.values().iterator();
      while (next.hasNext() && taken.size() < MOST_AT_ONCE) {
        Wanted wanted = next.next();
        taken.add(wanted);
        underWay.put(wanted.key, wanted);
        next.remove();
      }
      return taken;
    }
  }

  private Uni<Void> load(List<Wanted> taken) {
    List<Asked> asked = new ArrayList<>(taken.size());
    List<PageDay> late = new ArrayList<>();
    for (Wanted wanted : taken) {
      PageBases.Key key = wanted.key;
      long previous = epochs.before(key.day().site());
      asked.add(new Asked(key.day(), key.page(), previous));
      LateRegisters.of(key.day(), previous).forEach(day -> late.add(new PageDay(day, key.page())));
    }
    // In any order: what is flushed between the two readings is in PostgreSQL or still in Redis.
    return Uni.combine()
        .all()
        .unis(sums.load(asked), Unis.of(() -> registers.ofPages(late)))
        .asTuple()
        .invoke(read -> complete(taken, read.getItem1(), read.getItem2()))
        .replaceWithVoid();
  }

  private static void complete(List<Wanted> taken, List<Sum> found, long[] live) {
    for (int i = 0; i < taken.size(); i++) {
      Sum sum = found.get(i);
      long base = sum.baseline() + sum.total() - sum.current();
      for (int j = 0; j < sum.late().length; j++) {
        base += Math.max(0, live[i * sum.late().length + j] - sum.late()[j]);
      }
      taken.get(i).base.complete(base);
    }
  }
}

package vn.luot.reading;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import vn.luot.live.Epochs;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.ReadRegisters;
import vn.luot.total.PageSums;

/**
 * Loads the bases of pages, many with one query: those asked for while a query is under way make up
 * the next one. What cannot be loaded is given up, not kept waiting.
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
  private boolean loading;

  PageBaseLoader(PageSums sums, ReadRegisters registers, Epochs epochs, ReadingConfig config) {
    this.sums = sums;
    this.registers = registers;
    this.epochs = epochs;
    this.mostWaiting = config.pagesWaiting();
    this.giveUpAfter = config.giveUpAfter();
  }

  private record Wanted(PageBases.Key key, CompletableFuture<Long> base) {}

  /** What one query can load: pages of one site on one day in one epoch. */
  private record Group(int site, LocalDate day, long epoch, long revision) {}

  CompletableFuture<Long> load(PageBases.Key key) {
    CompletableFuture<Long> base;
    synchronized (waiting) {
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
      Group group = null;
      for (Wanted wanted : waiting.values()) {
        PageBases.Key key = wanted.key;
        Group its = new Group(key.site(), key.day(), key.epoch(), key.revision());
        group = group == null ? its : group;
        if (its.equals(group) && taken.size() < MOST_AT_ONCE) {
          taken.add(wanted);
        }
      }
      taken.forEach(wanted -> waiting.remove(wanted.key));
      return taken;
    }
  }

  private Uni<Void> load(List<Wanted> taken) {
    PageBases.Key first = taken.get(0).key;
    long previous = epochs.before(Keys.bucket(first.site()));
    List<Long> pages = taken.stream().map(wanted -> wanted.key.page()).toList();
    return sums.load(first.site(), first.day(), first.epoch(), previous, pages)
        .flatMap(
            found ->
                Futures.uni(
                        () ->
                            registers.ofPages(
                                first.site(),
                                pages,
                                LateRegisters.of(first.day(), first.epoch(), previous)))
                    .invoke(live -> complete(taken, found, live)))
        .replaceWithVoid();
  }

  private static void complete(List<Wanted> taken, Map<Long, PageSums.Sum> found, long[] live) {
    for (int i = 0; i < taken.size(); i++) {
      PageSums.Sum sum = found.get(taken.get(i).key.page());
      long base = sum.baseline() + sum.total() - sum.current();
      for (int j = 0; j < sum.late().length; j++) {
        base += Math.max(0, live[i * sum.late().length + j] - sum.late()[j]);
      }
      taken.get(i).base.complete(base);
    }
  }
}

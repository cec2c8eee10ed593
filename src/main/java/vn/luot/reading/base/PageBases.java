package vn.luot.reading.base;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Unis;
import vn.luot.live.Epochs;
import vn.luot.live.ReadRegisters;
import vn.luot.live.ReadRegisters.PageDay;
import vn.luot.live.Recent;
import vn.luot.register.SiteDay;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.total.SiteSums;
import vn.luot.total.SiteSums.Asked;
import vn.luot.total.SiteSums.Sum;
import vn.luot.visitor.SplitMix64;

/**
 * The bases of the pages this pod is asked about: their views without the current register. They
 * are loaded for pages of any sites, many with one query: those asked for while a query is under
 * way make up the next one. What cannot be loaded is given up, not kept waiting.
 */
@Singleton
public class PageBases {
  private static final int MOST_AT_ONCE = 500;

  private final SiteSums sums;
  private final ReadRegisters registers;
  private final Epochs epochs;
  private final PostgresBreaker breaker;

  /** Of readers: what they wait for in vain, which may be no pages at all, hurries no hit. */
  private final PostgresBreaker readers;

  private final ReadingConfig config;
  private final Recent kept;

  /** The bases wanted, those of the next query and those of the one that is under way. */
  private final Map<Key, CompletableFuture<Long>> waiting = new LinkedHashMap<>();

  private Map<Key, CompletableFuture<Long>> underWay = Map.of();

  PageBases(
      SiteSums sums,
      ReadRegisters registers,
      Epochs epochs,
      PostgresBreaker breaker,
      ReadingConfig config) {
    this.sums = sums;
    this.registers = registers;
    this.epochs = epochs;
    this.breaker = breaker;
    this.readers = new PostgresBreaker(config);
    this.config = config;
    this.kept = new Recent(config.pagesKept(), config.keepPages());
  }

  /** What a base is valid for; a change of the opening balances grows the revision. */
  public record Key(SiteDay day, long page, long revision) {
    public static Key of(Site site, Page page, SiteDay day) {
      return new Key(day, page.key(), site.revision());
    }

    /** Two of a million keys share it with a probability of 3 in 10^8, as pages share theirs. */
    private long hash() {
      long at = SplitMix64.of(SplitMix64.of(day.epoch()) + day.day().toEpochDay());
      return SplitMix64.of(SplitMix64.of(at + revision) + day.site()) ^ page;
    }
  }

  public @Nullable Long known(Key key) {
    long base = kept.get(key.hash());
    return base == Recent.ABSENT ? null : base;
  }

  /** Completes with null where PostgreSQL does not answer in time. */
  public CompletionStage<Long> get(Key key) {
    Long known = known(key);
    return known == null ? breaker.await(load(key)) : CompletableFuture.completedFuture(known);
  }

  /**
   * The same for a reader, who may ask for pages that never were: half of the places stay free for
   * hits, and nobody's base is forgotten for such a page's.
   */
  public CompletionStage<Long> read(Key key) {
    Long known = known(key);
    return known == null
        ? readers.await(load(key, config.pagesWaiting() / 2, 1))
        : CompletableFuture.completedFuture(known);
  }

  public CompletableFuture<Long> load(Key key) {
    return load(key, config.pagesWaiting(), 0);
  }

  private CompletableFuture<Long> load(Key key, int places, long leastKept) {
    return asked(key, places)
        .whenComplete(
            (base, failure) -> {
              if (base != null && base >= leastKept) {
                kept.put(key.hash(), base);
              }
            });
  }

  private CompletableFuture<Long> asked(Key key, int places) {
    CompletableFuture<Long> base;
    synchronized (waiting) {
      base = underWay.get(key);
      if (base == null && waiting.size() >= places) {
        return CompletableFuture.completedFuture(null);
      }
      if (base == null) {
        base = waiting.computeIfAbsent(key, k -> new CompletableFuture<>());
      }
    }
    loadNext();
    // A copy: whoever stops waiting must not decide for the others.
    return base.copy();
  }

  private void loadNext() {
    Map<Key, CompletableFuture<Long>> taken = new LinkedHashMap<>();
    synchronized (waiting) {
      if (underWay.isEmpty()) {
        waiting.entrySet().stream()
            .limit(MOST_AT_ONCE)
            .forEach(wanted -> taken.put(wanted.getKey(), wanted.getValue()));
        taken.keySet().forEach(waiting::remove);
        underWay = taken;
      }
    }
    if (!taken.isEmpty()) {
      load(taken)
          .plug(Unis.within(config.giveUpAfter()))
          .onTermination()
          .invoke(this::finished)
          .subscribe()
          .with(
              done -> {},
              failure -> taken.values().forEach(base -> base.completeExceptionally(failure)));
    }
  }

  private void finished() {
    synchronized (waiting) {
      underWay = Map.of();
    }
    loadNext();
  }

  private Uni<Void> load(Map<Key, CompletableFuture<Long>> taken) {
    List<Asked> asked = new ArrayList<>(taken.size());
    List<PageDay> late = new ArrayList<>();
    for (Key key : taken.keySet()) {
      long previous = epochs.before(key.day().site());
      asked.add(new Asked(key.day(), key.page(), previous));
      SiteBase.late(key.day(), previous).forEach(day -> late.add(new PageDay(day, key.page())));
    }
    // In any order: what is flushed between the two readings is in PostgreSQL or still in Redis.
    return Uni.combine()
        .all()
        .unis(sums.ofPages(asked), Unis.of(() -> registers.ofPages(late)))
        .asTuple()
        .invoke(read -> complete(List.copyOf(taken.values()), read.getItem1(), read.getItem2()))
        .replaceWithVoid();
  }

  private static void complete(List<CompletableFuture<Long>> taken, List<Sum> found, long[] live) {
    for (int i = 0; i < taken.size(); i++) {
      Sum sum = found.get(i);
      long base = sum.baseline() + sum.total() - sum.current();
      for (int j = 0; j < sum.late().length; j++) {
        base += Math.max(0, live[i * sum.late().length + j] - sum.late()[j]);
      }
      taken.get(i).complete(base);
    }
  }
}

package vn.luot.reading.base;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Unis;
import vn.luot.live.Epochs;
import vn.luot.live.ReadRegisters;
import vn.luot.register.SiteDay;
import vn.luot.site.Site;
import vn.luot.total.SiteSums;

/**
 * The bases of the sites this pod is asked about; one entry a site, so the registry bounds them.
 */
@Singleton
public class SiteBases {
  private final SiteSums sums;
  private final ReadRegisters registers;
  private final Epochs epochs;
  private final PostgresBreaker breaker;
  private final ReadingConfig config;
  private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

  SiteBases(
      SiteSums sums,
      ReadRegisters registers,
      Epochs epochs,
      PostgresBreaker breaker,
      ReadingConfig config) {
    this.sums = sums;
    this.registers = registers;
    this.epochs = epochs;
    this.breaker = breaker;
    this.config = config;
  }

  /** {@code revision} is the site's when loading began; opening balances change with it. */
  private record Kept(SiteBase base, long revision, long at) {
    /** A newer revision's is good for whoever came before: it has all that theirs would have. */
    boolean isOf(Site site, SiteDay day) {
      return revision >= site.revision() && base.day().equals(day);
    }

    /**
     * One that was begun earlier may end later. The revision does not tell: that of a PostgreSQL
     * which was restored is lower.
     */
    static Kept newer(Kept one, Kept other) {
      return one.at - other.at > 0 ? one : other;
    }
  }

  private record Wanted(SiteDay day, long revision) {}

  private final Map<Wanted, CompletableFuture<SiteBase>> loading = new ConcurrentHashMap<>();

  /** The base if it is known; an old one is given while a newer is loaded. */
  public @Nullable SiteBase known(Site site, SiteDay day) {
    Kept last = kept.get(site.id());
    if (last == null || !last.isOf(site, day)) {
      return null;
    }
    if (System.nanoTime() - last.at > config.refreshSites().toNanos()) {
      load(site, day);
    }
    return last.base;
  }

  /** Completes with null where PostgreSQL does not answer in time. */
  public CompletionStage<SiteBase> get(Site site, SiteDay day) {
    SiteBase known = known(site, day);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return breaker.await(load(site, day).thenApply(loaded -> known(site, day)));
  }

  private CompletableFuture<SiteBase> load(Site site, SiteDay day) {
    Wanted wanted = new Wanted(day, site.revision());
    CompletableFuture<SiteBase> begun = new CompletableFuture<>();
    CompletableFuture<SiteBase> running = loading.putIfAbsent(wanted, begun);
    if (running != null) {
      return running;
    }
    long previous = epochs.before(site.id());
    long at = System.nanoTime();
    sums.load(day, previous)
        .flatMap(found -> late(day, previous, found))
        .plug(Unis.within(config.giveUpAfter()))
        .onItem()
        .invoke(base -> keep(site.id(), base, site.revision(), at))
        .plug(
            Unis.orNull(
                e ->
                    Log.debugf(
                        "The sums of site %d cannot be read: %s", site.id(), e.getMessage())))
        .onTermination()
        .invoke(() -> loading.remove(wanted, begun))
        .subscribe()
        .with(begun::complete);
    return begun;
  }

  private void keep(int site, SiteBase base, long revision, long at) {
    kept.compute(
        site,
        (id, last) ->
            last == null
                ? new Kept(base, revision, at)
                : Kept.newer(last, new Kept(base.goingOnFrom(last.base), revision, at)));
  }

  private Uni<SiteBase> late(SiteDay day, long previous, SiteSums.Sums found) {
    List<SiteDay> late = SiteBase.late(day, previous);
    return Unis.of(() -> registers.ofSite(late)).map(live -> SiteBase.of(day, found, late, live));
  }
}

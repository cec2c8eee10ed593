package vn.luot.reading;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import vn.luot.live.Epochs;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.ReadRegisters;
import vn.luot.site.Site;
import vn.luot.total.SiteSums;

/**
 * The bases of the sites this pod is asked about; one entry a site, so the registry bounds them.
 */
@ApplicationScoped
class SiteBases {
  private final SiteSums sums;
  private final ReadRegisters registers;
  private final Epochs epochs;
  private final ReadingConfig config;
  private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

  SiteBases(SiteSums sums, ReadRegisters registers, Epochs epochs, ReadingConfig config) {
    this.sums = sums;
    this.registers = registers;
    this.epochs = epochs;
    this.config = config;
  }

  private record Kept(SiteBase base, long at) {
    boolean isOf(LocalDate day, long epoch) {
      return base != null && base.epoch() == epoch && base.day().equals(day);
    }
  }

  private final Map<Integer, CompletableFuture<SiteBase>> loading = new ConcurrentHashMap<>();

  /** The base if it is known; an old one is given while a newer is loaded. */
  SiteBase known(Site site, LocalDate day, long epoch) {
    Kept last = kept.get(site.id());
    if (last == null || !last.isOf(day, epoch)) {
      return null;
    }
    if (System.nanoTime() - last.at > config.refreshSites().toNanos()) {
      load(site, day, epoch);
    }
    return last.base;
  }

  /** Completes with null where PostgreSQL does not answer in time. */
  CompletionStage<SiteBase> get(Site site, LocalDate day, long epoch) {
    SiteBase known = known(site, day, epoch);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    return load(site, day, epoch)
        .thenApply(loaded -> known(site, day, epoch))
        .toCompletableFuture()
        .completeOnTimeout(null, config.waitAtMost().toMillis(), TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<SiteBase> load(Site site, LocalDate day, long epoch) {
    CompletableFuture<SiteBase> begun = new CompletableFuture<>();
    CompletableFuture<SiteBase> running = loading.putIfAbsent(site.id(), begun);
    if (running != null) {
      return running;
    }
    long previous = epochs.before(Keys.bucket(site.id()));
    long at = System.nanoTime();
    sums.load(site.id(), day, epoch, previous)
        .flatMap(found -> late(site, day, epoch, previous, found))
        .ifNoItem()
        .after(config.giveUpAfter())
        .fail()
        .onItem()
        .invoke(base -> keep(site.id(), base, at))
        .onFailure()
        .invoke(
            e -> Log.debugf("The sums of site %d cannot be read: %s", site.id(), e.getMessage()))
        .onFailure()
        .recoverWithNull()
        .onTermination()
        .invoke(() -> loading.remove(site.id(), begun))
        .subscribe()
        .with(begun::complete);
    return begun;
  }

  private void keep(int site, SiteBase base, long at) {
    kept.compute(
        site, (id, last) -> new Kept(base.goingOnFrom(last == null ? null : last.base), at));
  }

  private Uni<SiteBase> late(
      Site site, LocalDate day, long epoch, long previous, SiteSums.Sums found) {
    return Futures.uni(() -> registers.ofSite(site.id(), LateRegisters.of(day, epoch, previous)))
        .map(live -> SiteBase.of(day, epoch, previous, found, live));
  }
}

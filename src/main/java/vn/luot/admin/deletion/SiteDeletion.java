package vn.luot.admin.deletion;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import vn.luot.flush.DayClearing;
import vn.luot.site.Site;
import vn.luot.site.registry.RegistryUnknown;

/**
 * Deletes what is left of sites whose deletion was asked for. Their last hits are flushed like any
 * others, so that nothing of them stays in Redis; then PostgreSQL's rows go. Broken off, or done by
 * two pods at once, it is simply done again.
 */
@ApplicationScoped
class SiteDeletion {
  private final SiteData data;
  private final DayClearing redis;
  private final DeletionConfig config;

  SiteDeletion(SiteData data, DayClearing redis, DeletionConfig config) {
    this.data = data;
    this.redis = redis;
    this.config = config;
  }

  @Scheduled(
      every = "{luot.admin.delete-every}",
      delayed = "10s",
      skipExecutionIf = RegistryUnknown.class,
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> deleteDue() {
    return data.due(config.deleteAfter())
        .onItem()
        .transformToMulti(sites -> Multi.createFrom().iterable(sites))
        .onItem()
        .transformToUniAndConcatenate(this::delete)
        .collect()
        .last()
        .replaceWithVoid()
        .onFailure()
        .invoke(e -> Log.warnf("Sites could not be deleted and will be again: %s", e.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> delete(int site) {
    return redis
        .clearSite(site)
        .flatMap(
            clean -> redis.clearSite(Site.quarantineId(site)).map(cleanToo -> clean && cleanToo))
        .flatMap(clean -> clean ? data.delete(site) : Uni.createFrom().voidItem())
        .invoke(() -> Log.debugf("Site %d is being deleted", site));
  }
}

package vn.luot.admin.deletion;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import vn.luot.connection.Unis;
import vn.luot.flush.DayClearing;
import vn.luot.site.Site;
import vn.luot.site.registry.RegistryUnknown;

/**
 * Deletes what is left of sites whose deletion was asked for. Their last hits are flushed like any
 * others, so that nothing of them stays in Redis; then PostgreSQL's rows go. Broken off, or done by
 * two pods at once, it is simply done again.
 */
@Singleton
record SiteDeletion(SiteData data, DayClearing redis, DeletionConfig config) {
  @Scheduled(
      every = "{luot.admin.delete-every}",
      delayed = "10s",
      skipExecutionIf = RegistryUnknown.class,
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> deleteDue() {
    return data.due(config.deleteAfter())
        .flatMap(sites -> Unis.inTurn(sites, this::delete))
        .plug(
            Unis.orNull(
                e ->
                    Log.warnf("Sites could not be deleted and will be again: %s", e.getMessage())));
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

package vn.luot.site.registry;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import jakarta.inject.Singleton;

/** Work for sites waits until the registry was read: before that there may not even be tables. */
@Singleton
public class RegistryUnknown implements Scheduled.SkipPredicate {
  private final Sites sites;

  RegistryUnknown(Sites sites) {
    this.sites = sites;
  }

  @Override
  public boolean test(ScheduledExecution execution) {
    return !sites.isLoaded();
  }
}

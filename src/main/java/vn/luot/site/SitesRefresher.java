package vn.luot.site;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import vn.luot.schema.Schema;

/** Keeps the pod's registry close to PostgreSQL's; while that is down the last one known stays. */
@ApplicationScoped
class SitesRefresher {
  /** Long enough for the first migration, short enough to try again soon after a lost answer. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Whether the serving pods bring the tables up to date: {@code luot.migrate}. */
  enum Migrate {
    START,
    OFF
  }

  private final Schema schema;
  private final DemoSite demo;
  private final Sites sites;
  private final SiteRows rows;
  private final SitesCopy copy;
  private final long copyEveryNanos;
  private boolean migrated;
  private boolean prepared;
  private boolean unreadable;
  private long copied;

  SitesRefresher(
      Schema schema,
      DemoSite demo,
      Sites sites,
      SiteRows rows,
      SitesCopy copy,
      SitesConfig config,
      @ConfigProperty(name = "luot.migrate", defaultValue = "start") Migrate migrate) {
    this.schema = schema;
    this.demo = demo;
    this.sites = sites;
    this.rows = rows;
    this.copy = copy;
    this.copyEveryNanos = config.copyEvery().toNanos();
    this.migrated = migrate == Migrate.OFF;
  }

  @Scheduled(every = "{luot.sites.refresh-every}", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> refresh() {
    return migrate()
        .flatMap(done -> prepare())
        .flatMap(done -> rows.version())
        .flatMap(this::load)
        .ifNoItem()
        .after(LIMIT)
        .fail()
        .onItemOrFailure()
        .invoke((done, failure) -> tell(failure))
        .onFailure()
        .recoverWithNull();
  }

  /** Once for each outage. */
  private void tell(Throwable failure) {
    if (failure != null && !unreadable) {
      Log.warnf("The site registry cannot be read: %s", failure.getMessage());
    } else if (failure == null && unreadable) {
      Log.info("The site registry can be read again");
    }
    unreadable = failure != null;
  }

  /** PostgreSQL wins as soon as it answers; until then another pod may have changed the copy. */
  @Scheduled(
      every = "{luot.sites.refresh-every}",
      delayed = "{luot.sites.copy-after}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> useCopy() {
    if (sites.version() != null) {
      return Uni.createFrom().voidItem();
    }
    return copy.kept()
        .onItem()
        .ifNotNull()
        .invoke(kept -> sites.replaceFromCopy(rows.sites(kept)))
        .onFailure()
        .invoke(e -> Log.debugf("The copy of the site registry cannot be read: %s", e.getMessage()))
        .onFailure()
        .recoverWithNull()
        .replaceWithVoid();
  }

  private Uni<Void> migrate() {
    return migrated ? Uni.createFrom().voidItem() : schema.bringUp().invoke(() -> migrated = true);
  }

  private Uni<Void> prepare() {
    return prepared
        ? Uni.createFrom().voidItem()
        : demo.register().invoke(known -> prepared = known).replaceWithVoid();
  }

  private Uni<Void> load(String version) {
    boolean changed = !version.equals(sites.version());
    if (!changed && System.nanoTime() - copied < copyEveryNanos) {
      return Uni.createFrom().voidItem();
    }
    return rows.read()
        .invoke(
            read -> {
              if (changed) {
                sites.replace(rows.sites(read), version);
              }
            })
        .flatMap(this::keep);
  }

  private Uni<Void> keep(String read) {
    copied = System.nanoTime();
    return copy.keep(read)
        .onFailure()
        .invoke(e -> Log.debugf("The site registry is not copied: %s", e.getMessage()))
        .onFailure()
        .recoverWithNull();
  }
}

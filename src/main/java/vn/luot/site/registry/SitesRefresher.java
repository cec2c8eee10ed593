package vn.luot.site.registry;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import vn.luot.connection.Unis;
import vn.luot.connection.postgres.Pooler;
import vn.luot.schema.Schema;
import vn.luot.site.Installation;

/** Keeps the pod's registry close to PostgreSQL's; while that is down the last one known stays. */
@Readiness
@Singleton
class SitesRefresher implements HealthCheck {
  /** Short enough to try again soon after a lost answer. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Kubernetes kills a pod that has not started after a minute. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final String NO_TABLE = "42P01";

  /** Whether the serving pods bring the tables up to date: {@code luot.migrate}. */
  enum Migrate {
    START,
    OFF
  }

  private final Schema schema;
  private final DemoSite demo;
  private final Sites sites;
  private final Installation installation;
  private final Migrate migrate;
  private boolean migrated;
  private boolean prepared;
  private boolean unreadable;

  /** This version is not to serve on the tables of an earlier one, whatever Redis has. */
  private volatile boolean behind;

  /** The first reading may still be under way at the first tick. */
  private final AtomicBoolean busy = new AtomicBoolean();

  /** At 0 when the first reading has ended, also by a failure. */
  private final CountDownLatch firstRead = new CountDownLatch(1);

  SitesRefresher(
      Schema schema,
      DemoSite demo,
      Sites sites,
      Installation installation,
      @ConfigProperty(name = "luot.migrate", defaultValue = "start") Migrate migrate) {
    this.schema = schema;
    this.demo = demo;
    this.sites = sites;
    this.installation = installation;
    this.migrate = migrate;
  }

  /**
   * A pod that has never seen the registry knows no site to count for. One that has stays ready
   * while a store is down: taking it out of service would mend nothing.
   */
  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("site registry")
        .status(sites.isLoaded() && installation.mayServe())
        .build();
  }

  /** As soon as keys of Redis have their prefix: the first tick may come a second later. */
  void begin(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent start,
      @ConfigProperty(name = "quarkus.scheduler.enabled", defaultValue = "true") boolean serving) {
    if (serving) {
      refresh().subscribe().with(read -> {});
    } else {
      firstRead.countDown();
    }
  }

  /**
   * The ports are opened after this: with the registry there the first hit is counted, without it
   * thousands would only be refused, and slow down its reading. Where PostgreSQL does not answer, a
   * pod waits no longer than until it takes the copy.
   */
  void awaitRegistry(
      @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent start,
      Sites.Config config)
      throws InterruptedException {
    long millis = Math.min(config.copyAfter().toMillis(), LONGEST_WAIT.toMillis());
    if (!firstRead.await(millis, TimeUnit.MILLISECONDS) && !sites.isLoaded()) {
      Log.info("The site registry is not read yet: the ports are opened without it");
    }
  }

  @Scheduled(every = "{luot.sites.refresh-every}")
  Uni<Void> refresh() {
    if (!busy.compareAndSet(false, true)) {
      return Uni.createFrom().voidItem();
    }
    return migrate()
        .flatMap(
            done -> prepare().flatMap(prepared -> sites.refresh()).ifNoItem().after(LIMIT).fail())
        .onItemOrFailure()
        .invoke((done, failure) -> tell(failure))
        .onFailure()
        .recoverWithNull()
        .onTermination()
        .invoke(
            () -> {
              busy.set(false);
              firstRead.countDown();
            });
  }

  /** Once for each outage, and once where tables are there that are too old. */
  private void tell(Throwable failure) {
    boolean wasBehind = behind;
    // Tables that were too old stay so until PostgreSQL says otherwise, also while it is down.
    behind = failure instanceof Schema.Behind || behind && failure != null;
    if (failure != null && (!unreadable || behind && !wasBehind)) {
      if (isWithoutTables(failure)) {
        Log.info("PostgreSQL's tables are not made yet");
      } else if (failure instanceof Schema.Behind) {
        Log.info("PostgreSQL's tables are of an earlier version: " + failure.getMessage());
      } else {
        Log.warnf("The site registry cannot be read: %s", Pooler.explain(failure));
      }
    } else if (failure == null && unreadable) {
      Log.info("The site registry can be read again");
    }
    unreadable = failure != null;
  }

  private static boolean isWithoutTables(Throwable failure) {
    return failure instanceof PgException refused && refused.getSqlState().equals(NO_TABLE);
  }

  @Scheduled(
      every = "{luot.sites.refresh-every}",
      delayed = "{luot.sites.copy-after}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> useCopy() {
    if (behind) {
      return Uni.createFrom().voidItem();
    }
    return sites
        .refreshFromCopy()
        .plug(
            Unis.orNull(
                e ->
                    Log.debugf(
                        "The copy of the site registry cannot be read: %s", e.getMessage())));
  }

  private Uni<Void> migrate() {
    if (migrated) {
      return Uni.createFrom().voidItem();
    }
    Uni<Void> tables = schema.requireUpToDate();
    if (migrate == Migrate.START) {
      tables =
          tables
              .onFailure(failure -> failure instanceof Schema.Behind || isWithoutTables(failure))
              .recoverWithUni(this::bringUp);
    }
    return tables.invoke(() -> migrated = true);
  }

  /** It may wait for a lock, and the copy in Redis is not to be served meanwhile. */
  private Uni<Void> bringUp(Throwable missing) {
    if (missing instanceof Schema.Behind && !behind) {
      behind = true;
      Log.info("PostgreSQL's tables are of an earlier version and are brought up to date");
    }
    return schema.bringUp();
  }

  private Uni<Void> prepare() {
    return prepared
        ? Uni.createFrom().voidItem()
        : demo.register().invoke(known -> prepared = known).replaceWithVoid();
  }
}

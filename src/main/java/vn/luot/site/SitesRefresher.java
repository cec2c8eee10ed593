package vn.luot.site;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.unchecked.Unchecked;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Keeps the pod's registry close to PostgreSQL's; while that is down the last one known stays. */
@ApplicationScoped
class SitesRefresher {
  /** Long enough for the first migration, short enough to try again soon after a lost answer. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Schema schema;
  private final DemoSite demo;
  private final Sites sites;
  private boolean prepared;

  SitesRefresher(Schema schema, DemoSite demo, Sites sites) {
    this.schema = schema;
    this.demo = demo;
    this.sites = sites;
  }

  @Scheduled(every = "{luot.sites.refresh-every}", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> refresh() {
    return prepare()
        .flatMap(ready -> ready ? sites.refresh() : Uni.createFrom().voidItem())
        .ifNoItem()
        .after(LIMIT)
        .fail()
        .onFailure()
        .invoke(e -> Log.warnf("The site registry cannot be read: %s", e.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Boolean> prepare() {
    if (prepared) {
      return Uni.createFrom().item(true);
    }
    return Uni.createFrom()
        .item(Unchecked.supplier(schema::bringUp))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .flatMap(current -> current ? demo.register() : Uni.createFrom().item(false))
        .invoke(ready -> prepared = ready);
  }
}

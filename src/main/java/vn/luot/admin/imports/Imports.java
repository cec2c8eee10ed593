package vn.luot.admin.imports;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import vn.luot.admin.access.owner.Owner;
import vn.luot.admin.baseline.BalanceWriter;
import vn.luot.admin.baseline.BalanceWriter.Cause;
import vn.luot.admin.imports.ImportStore.Outcome;
import vn.luot.admin.imports.arrival.Arrival;
import vn.luot.admin.imports.arrival.Body;
import vn.luot.admin.imports.arrival.ImportsConfig;
import vn.luot.admin.imports.arrival.Places;
import vn.luot.admin.imports.csv.Checker;
import vn.luot.admin.imports.csv.CsvFile;
import vn.luot.admin.imports.csv.CsvLines;
import vn.luot.admin.imports.csv.ImportError;
import vn.luot.admin.imports.csv.Writer;
import vn.luot.admin.numbers.Details;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/**
 * Imports files: takes one in, reads it to its end, and only if all of it is right reads it again
 * and writes it in one transaction. So a file that is refused costs PostgreSQL nothing.
 */
@ApplicationScoped
class Imports {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Pool pool;
  private final Arrival arrival;
  private final Places places;
  private final ImportStore store;
  private final BalanceWriter balances;
  private final Details details;
  private final Sites sites;
  private final ImportsConfig config;
  private final Clock clock;

  Imports(
      Pool pool,
      Arrival arrival,
      Places places,
      ImportStore store,
      BalanceWriter balances,
      Details details,
      Sites sites,
      ImportsConfig config,
      Clock clock) {
    this.pool = pool;
    this.arrival = arrival;
    this.places = places;
    this.store = store;
    this.balances = balances;
    this.details = details;
    this.sites = sites;
    this.config = config;
    this.clock = clock;
  }

  /** An import that was asked for, but for its file. */
  record Order(Site site, Owner owner, boolean dryRun, String reason) {}

  /** An import under way; {@code ended} completes with it, never with a failure. */
  record Begun(long id, CompletableFuture<Void> ended) {}

  /** Completes when the file has arrived and its import has begun. */
  Uni<Begun> begin(Order order, HttpServerRequest request) {
    Places.Place place = places.take(order.site().id());
    return Uni.createFrom()
        .deferred(() -> arrival.of(request, place))
        .invoke(this::requireLines)
        .call(place::turn)
        .flatMap(body -> store.begin(order, body.lines()).map(id -> start(id, order, body, place)))
        .onFailure()
        .invoke(e -> place.leave())
        .onCancellation()
        .invoke(place::leave);
  }

  private void requireLines(Body body) {
    if (body.lines() > config.maxLines()) {
      throw Refusal.of(
          Reason.TOO_LARGE, "Send at most %d lines; split the file.".formatted(config.maxLines()));
    }
  }

  private Begun start(long id, Order order, Body body, Places.Place place) {
    return new Begun(
        id,
        CompletableFuture.runAsync(
                () -> run(id, order, body), Infrastructure.getDefaultWorkerPool())
            .whenComplete((done, failure) -> place.leave())
            .exceptionally(failure -> null));
  }

  private void run(long id, Order order, Body body) {
    Progress progress = new Progress(store, id, config.recordEvery());
    long begin = System.nanoTime();
    try {
      Checker checker = new Checker(body.lines(), progress::tick);
      progress.follow(() -> checker.checked, () -> 0);
      CsvFile file = new CsvFile(body, lines(order.site()));
      file.read(checker);
      checker.requireSomething();
      long checked = System.nanoTime();
      if (checker.refused > 0 || order.dryRun()) {
        String state = checker.refused > 0 ? "refused" : "done";
        store.end(id, outcome(state, body.lines(), 0, checker)).await().atMost(LIMIT);
      } else {
        write(id, order, body, file, checker, progress);
        sites.refresh().await().atMost(LIMIT);
        Log.infof(
            "Import %d: %d lines checked in %d ms, written in %d ms",
            id,
            checker.accepted,
            (checked - begin) / 1_000_000,
            (System.nanoTime() - checked) / 1_000_000);
      }
    } catch (RuntimeException e) {
      Log.warnf("Import %d is broken off: %s", id, e);
      brokenOff(id, "Broken off; nothing was changed. Send it again.");
    } catch (OutOfMemoryError e) {
      Log.errorf("Import %d is broken off: the pod's heap is too small for it", id);
      brokenOff(id, "The pod has too little memory for the file; nothing was changed. Split it.");
    }
  }

  private CsvLines lines(Site site) {
    return new CsvLines(
        site,
        LocalDate.ofInstant(clock.instant(), site.zone()),
        details.keptFrom(site.id()).await().atMost(LIMIT));
  }

  private void write(
      long id, Order order, Body body, CsvFile file, Checker checked, Progress progress) {
    SqlConnection connection = pool.getConnection().await().atMost(LIMIT);
    try {
      Transaction transaction = connection.begin().await().atMost(LIMIT);
      int site = order.site().id();
      Cause cause = new Cause(order.reason(), order.owner().name(), id);
      Writer writer =
          new Writer(balances, connection, order.site(), cause, config.batchSize(), progress::tick);
      progress.follow(body::lines, () -> writer.written);
      balances.begin(connection, site).await().atMost(LIMIT);
      file.read(writer);
      writer.writeRest();
      balances.end(connection, site).await().atMost(LIMIT);
      Outcome done = outcome("done", body.lines(), writer.written, checked);
      if (!store.end(connection, id, done).await().atMost(LIMIT)) {
        throw new IllegalStateException("it took so long that it counts as broken off");
      }
      transaction.commit().await().atMost(LIMIT);
    } finally {
      // A transaction that is not committed ends with its connection's use.
      connection.close().await().atMost(LIMIT);
    }
  }

  private static Outcome outcome(String state, long lines, long written, Checker checker) {
    return new Outcome(state, lines, written, checker.accepted, checker.refused, checker.errors());
  }

  /** If PostgreSQL does not take even this, the import's age says it. */
  private void brokenOff(long id, String why) {
    try {
      ImportError error = new ImportError(0, 0, why);
      store.end(id, new Outcome("brokenOff", 0, 0, 0, 1, List.of(error))).await().atMost(LIMIT);
    } catch (RuntimeException e) {
      Log.debugf("Import %d could not be marked: %s", id, e);
    }
  }
}

package vn.luot.admin.imports;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import vn.luot.admin.baseline.BalanceWriter;
import vn.luot.admin.baseline.BalanceWriter.Cause;
import vn.luot.admin.imports.ImportStore.Outcome;
import vn.luot.admin.imports.format.Body;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Sites;

/**
 * Imports files: takes one in, reads it to its end, and only if all of it is right reads it again
 * and writes it in one transaction. So a file that is refused costs PostgreSQL nothing.
 */
@ApplicationScoped
class Imports {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Pool pool;
  private final Arrival arrival;
  private final ImportStore store;
  private final BalanceWriter balances;
  private final Sites sites;
  private final ImportsConfig config;
  private final Semaphore room;

  Imports(
      Pool pool,
      Arrival arrival,
      ImportStore store,
      BalanceWriter balances,
      Sites sites,
      ImportsConfig config) {
    this.pool = pool;
    this.arrival = arrival;
    this.store = store;
    this.balances = balances;
    this.sites = sites;
    this.config = config;
    this.room = new Semaphore(config.atOnce());
  }

  /** An import under way; {@code ended} completes with it, never with a failure. */
  record Begun(long id, CompletableFuture<Void> ended) {}

  /** Completes when the file has arrived and its import has begun. */
  Uni<Begun> begin(ImportOrder order, HttpServerRequest request) {
    if (!room.tryAcquire()) {
      throw Refusal.forNow(Reason.OVERLOADED, "Other files are being imported; send it later.");
    }
    return Uni.createFrom()
        .deferred(() -> arrival.of(request))
        .invoke(this::requireLines)
        .flatMap(body -> store.begin(order, body.lines()).map(id -> start(id, order, body)))
        .onFailure()
        .invoke(e -> room.release())
        .onCancellation()
        .invoke(room::release);
  }

  private void requireLines(Body body) {
    if (body.lines() > config.maxLines()) {
      throw Refusal.of(
          Reason.TOO_LARGE, "Send at most %d lines; split the file.".formatted(config.maxLines()));
    }
  }

  private Begun start(long id, ImportOrder order, Body body) {
    return new Begun(
        id,
        CompletableFuture.runAsync(
                () -> run(id, order, body), Infrastructure.getDefaultWorkerPool())
            .whenComplete((done, failure) -> room.release())
            .exceptionally(failure -> null));
  }

  private void run(long id, ImportOrder order, Body body) {
    Progress progress = new Progress(store, id, config.recordEvery());
    Checker checker = new Checker(config.maxLines(), progress::tick);
    progress.follow(() -> checker.checked, () -> 0);
    long begin = System.nanoTime();
    try {
      order.reader().prepare(body, new SitePages(pool, order.site().id()));
      order.reader().read(body, checker);
      checker.requireSomething();
      long checked = System.nanoTime();
      if (checker.refused > 0 || order.dryRun()) {
        String state = checker.refused > 0 ? "refused" : "done";
        store.end(id, outcome(state, body.lines(), 0, checker)).await().atMost(LIMIT);
      } else {
        write(id, order, body, checker, progress);
        sites.refresh().await().atMost(LIMIT);
        Log.infof(
            "Import %d: %d balances checked in %d ms, written in %d ms",
            id,
            checker.accepted,
            (checked - begin) / 1_000_000,
            (System.nanoTime() - checked) / 1_000_000);
      }
    } catch (RuntimeException e) {
      Log.warnf("Import %d is broken off: %s", id, e);
      brokenOff(id, checker);
    }
  }

  private void write(long id, ImportOrder order, Body body, Checker checked, Progress progress) {
    SqlConnection connection = pool.getConnection().await().atMost(LIMIT);
    try {
      Transaction transaction = connection.begin().await().atMost(LIMIT);
      int site = order.site().id();
      Cause cause = new Cause(order.reason(), order.owner().name(), id);
      Writer writer =
          new Writer(balances, connection, site, cause, config.batchSize(), progress::tick);
      progress.follow(body::lines, () -> writer.written);
      balances.begin(connection, site).await().atMost(LIMIT);
      order.reader().read(body, writer);
      writer.writeBatch();
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
    return new Outcome(
        state,
        lines,
        written,
        checker.accepted,
        checker.skipped,
        checker.refused,
        checker.errors());
  }

  /** If PostgreSQL does not take even this, the import's age says it. */
  private void brokenOff(long id, Checker checker) {
    try {
      Outcome outcome =
          new Outcome(
              "brokenOff",
              checker.checked,
              0,
              checker.accepted,
              checker.skipped,
              1,
              List.of(new ImportError(0, 0, "Broken off; nothing was changed. Send it again.")));
      store.end(id, outcome).await().atMost(LIMIT);
    } catch (RuntimeException e) {
      Log.debugf("Import %d could not be marked: %s", id, e);
    }
  }
}

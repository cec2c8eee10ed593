package vn.luot.admin.imports;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import vn.luot.admin.access.Owner;
import vn.luot.admin.baseline.BalanceWriter;
import vn.luot.admin.baseline.BalanceWriter.Cause;
import vn.luot.admin.imports.ImportStore.Outcome;
import vn.luot.admin.imports.ImportStore.Progress;
import vn.luot.admin.imports.csv.Checker;
import vn.luot.admin.imports.csv.CsvFile;
import vn.luot.admin.imports.csv.CsvLines;
import vn.luot.admin.imports.csv.CsvLines.CsvLine;
import vn.luot.admin.imports.csv.HitTally;
import vn.luot.admin.imports.csv.HitWriter;
import vn.luot.admin.imports.csv.LoggedHits;
import vn.luot.admin.imports.csv.Report;
import vn.luot.admin.imports.csv.Report.ImportError;
import vn.luot.admin.imports.csv.Writer;
import vn.luot.admin.numbers.Details;
import vn.luot.live.redis.LiveConfig;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;
import vn.luot.visitor.Agents;

/**
 * Imports files: takes one in, reads it to its end, and only if all of it is right reads it again
 * and writes it in one transaction. So a file that is refused costs PostgreSQL nothing.
 */
@Singleton
record Imports(
    Pool pool,
    Places places,
    ImportStore store,
    BalanceWriter balances,
    Details details,
    Sites sites,
    ImportsConfig config,
    Clock clock,
    Agents agents,
    LiveConfig live) {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** An import that was asked for, but for its file. {@code batch} is null but for hits. */
  record Order(Site site, Owner owner, boolean dryRun, String reason, String batch) {}

  /** An import under way; {@code ended} completes with it, never with a failure. */
  record Begun(long id, CompletableFuture<Void> ended) {}

  /** Completes when the file has arrived and its import has begun. */
  Uni<Begun> begin(Order order, HttpServerRequest request) {
    Places.Place place = places.take(order.site().id());
    return Uni.createFrom()
        .deferred(() -> place.receive(request, config.arriveWithin()))
        .invoke(this::requireLines)
        .call(place::turn)
        .flatMap(body -> begin(order, body, place))
        .onFailure()
        .invoke(e -> place.leave())
        .onCancellation()
        .invoke(place::leave);
  }

  private Uni<Begun> begin(Order order, Body body, Places.Place place) {
    Uni<Begun> anew = store.begin(order, body.lines()).map(id -> start(id, order, body, place));
    return order.batch() == null
        ? anew
        : store
            .counted(order.site().id(), order.batch())
            .flatMap(earlier -> earlier == null ? anew : already(earlier, place));
  }

  private static Uni<Begun> already(long id, Places.Place place) {
    place.leave();
    return Uni.createFrom().item(new Begun(id, CompletableFuture.completedFuture(null)));
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
    Progress progress = store.progress(id);
    long begin = System.nanoTime();
    try {
      Read read =
          order.batch() == null ? balances(id, order, body, progress) : hits(order, body, progress);
      Report<?> report = read.report;
      long checked = System.nanoTime();
      if (read.refused || order.dryRun()) {
        String state = read.refused ? "refused" : "done";
        store.end(pool, id, outcome(state, body.lines(), 0, report)).await().atMost(LIMIT);
      } else {
        write(id, order, body, read);
        sites.refresh().await().atMost(LIMIT);
        Log.infof(
            "Import %d: %d lines checked in %d ms, written in %d ms",
            id,
            report.accepted,
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

  /** A file read to its end; {@code write} says how much it wrote. */
  private record Read(Report<?> report, boolean refused, ToLongFunction<SqlConnection> write) {}

  /** Old numbers: all of a file or nothing. */
  private Read balances(long id, Order order, Body body, Progress progress) {
    Site site = order.site();
    Checker checker = new Checker(body.lines(), progress::tick);
    progress.follow(() -> checker.checked, () -> 0);
    LocalDate today = LocalDate.ofInstant(clock.instant(), site.zone());
    CsvFile<CsvLine> file = new CsvFile<>(body, new CsvLines(site, today, keptFrom(site)));
    file.read(checker);
    checker.requireSomething();
    Cause cause = new Cause(order.reason(), order.owner().name(), id);
    return new Read(
        checker,
        checker.refused > 0,
        connection -> {
          Writer writer =
              new Writer(balances, connection, site, cause, config.batchSize(), progress::tick);
          progress.follow(body::lines, () -> writer.written);
          file.read(writer);
          writer.writeRest();
          return writer.written;
        });
  }

  /** Hits of a log, in which strangers write: what cannot be a page's is left out and reported. */
  private Read hits(Order order, Body body, Progress progress) {
    Site site = order.site();
    HitTally tally = new HitTally(site, live.pagesPerDay(), progress::tick);
    progress.follow(() -> tally.checked, () -> 0);
    LoggedHits lines = new LoggedHits(site, agents, clock.instant(), keptFrom(site));
    boolean toItsEnd = new CsvFile<>(body, lines).read(tally);
    return new Read(
        tally,
        !toItsEnd || tally.isTooLarge() || tally.accepted == 0 && tally.refused > 0,
        connection -> {
          new HitWriter(connection, site, live.pagesPerDay()).write(tally);
          return tally.views;
        });
  }

  private LocalDate keptFrom(Site site) {
    return details.keptFrom(site.id()).await().atMost(LIMIT);
  }

  private void write(long id, Order order, Body body, Read read) {
    SqlConnection connection = pool.getConnection().await().atMost(LIMIT);
    try {
      Transaction transaction = connection.begin().await().atMost(LIMIT);
      int site = order.site().id();
      balances.begin(connection, site).await().atMost(LIMIT);
      long written = read.write.applyAsLong(connection);
      balances.end(connection, site).await().atMost(LIMIT);
      // A batch that another pod has counted meanwhile fails here: its name may be done once.
      Outcome done = outcome("done", body.lines(), written, read.report);
      if (!store.end(connection, id, done).await().atMost(LIMIT)) {
        throw new IllegalStateException("it took so long that it counts as broken off");
      }
      transaction.commit().await().atMost(LIMIT);
    } finally {
      // A transaction that is not committed ends with its connection's use.
      connection.close().await().atMost(LIMIT);
    }
  }

  private static Outcome outcome(String state, long lines, long written, Report<?> report) {
    return new Outcome(state, lines, written, report.accepted, report.refused, report.errors());
  }

  /** If PostgreSQL does not take even this, the import's age says it. */
  private void brokenOff(long id, String why) {
    try {
      ImportError error = new ImportError(0, 0, why);
      store
          .end(pool, id, new Outcome("brokenOff", 0, 0, 0, 1, List.of(error)))
          .await()
          .atMost(LIMIT);
    } catch (RuntimeException e) {
      Log.debugf("Import %d could not be marked: %s", id, e);
    }
  }
}

package vn.luot.admin.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import vn.luot.admin.imports.csv.Report.ImportError;
import vn.luot.admin.numbers.Numbers;
import vn.luot.connection.postgres.Rows;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Imports as PostgreSQL keeps them, so that any pod can say how far one is. */
@Singleton
record ImportStore(Pool pool, Numbers numbers, ObjectMapper json, ImportsConfig config) {
  private static final String UNIQUE_VIOLATION = "23505";

  private static final String END_BROKEN_OFF =
      """
      UPDATE import SET state = 'brokenOff', finished_at = touched_at
      WHERE site_id = $1 AND state = 'running' AND touched_at < now() - make_interval(secs => $2)
      """;

  private static final String BEGIN =
      """
      INSERT INTO import (site_id, dry_run, reason, started_by, lines, batch)
      VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
      """;

  private static final String COUNTED =
      """
      SELECT id FROM import WHERE site_id = $1 AND batch = $2 AND state = 'done' AND NOT dry_run
      """;

  private static final String RECORD =
      """
      UPDATE import SET checked = $2, done = $3, touched_at = now() WHERE id = $1 AND state = 'running'
      """;

  private static final String END =
      """
      UPDATE import SET state = $2, checked = $3, done = $4, accepted = $5,
        error_count = $6, errors = $7, touched_at = now(), finished_at = clock_timestamp()
      WHERE id = $1 AND state = 'running'
      """;

  private static final String READ =
      """
      SELECT id, CASE WHEN state = 'running' AND touched_at < now() - make_interval(secs => $2)
                      THEN 'brokenOff' ELSE state END,
             dry_run, reason, started_by, lines, checked, done, accepted,
             error_count, errors, started_at, finished_at, batch
      FROM import WHERE site_id = $1
      """;

  /** Refused while another one of the site is running. */
  Uni<Long> begin(Imports.Order order, long lines) {
    int site = order.site().id();
    Tuple values =
        Tuple.tuple()
            .addInteger(site)
            .addBoolean(order.dryRun())
            .addString(order.reason())
            .addString(order.owner().name())
            .addLong(lines)
            .addString(order.batch());
    return pool.preparedQuery(END_BROKEN_OFF)
        .execute(Tuple.of(site, brokenOffSeconds()))
        .chain(() -> pool.preparedQuery(BEGIN).execute(values))
        .map(rows -> rows.iterator().next().getLong(0))
        .onFailure(e -> e instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState()))
        .transform(
            e -> Refusal.of(Reason.CONFLICT, "An import of this site is running; wait for it."));
  }

  /** The import that counted a batch; null where none has. */
  Uni<Long> counted(int site, String batch) {
    return pool.preparedQuery(COUNTED)
        .execute(Tuple.of(site, batch))
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getLong(0));
  }

  /** What came of an import. */
  record Outcome(
      String state,
      long checked,
      long done,
      long accepted,
      long errorCount,
      List<ImportError> errors) {}

  /** False where others have taken the import for broken off. */
  Uni<Boolean> end(SqlClient in, long id, Outcome outcome) {
    return in.preparedQuery(END).execute(values(id, outcome)).map(rows -> rows.rowCount() == 1);
  }

  private Tuple values(long id, Outcome outcome) {
    try {
      return Tuple.tuple()
          .addLong(id)
          .addString(outcome.state)
          .addLong(outcome.checked)
          .addLong(outcome.done)
          .addLong(outcome.accepted)
          .addLong(outcome.errorCount)
          .addString(json.writeValueAsString(outcome.errors));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("errors are always JSON", e);
    }
  }

  Uni<ImportAnswer> read(int site, long id) {
    return numbers
        .query(READ + " AND id = $3", Tuple.of(site, brokenOffSeconds(), id))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw Refusal.of(Reason.NOT_FOUND, "No import of this site has this id.");
              }
              return answer(rows.iterator().next());
            });
  }

  /** The newest first. */
  Uni<List<ImportAnswer>> list(int site, long before, int limit) {
    return numbers
        .query(
            READ + " AND id < $3 ORDER BY id DESC LIMIT $4",
            Tuple.of(site, brokenOffSeconds(), before, limit))
        .map(rows -> Rows.list(rows, this::answer));
  }

  private ImportAnswer answer(Row row) {
    try {
      return new ImportAnswer(
          row.getLong(0),
          row.getString(1),
          row.getBoolean(2),
          row.getString(3),
          row.getString(4),
          row.getLong(5),
          row.getLong(6),
          row.getLong(7),
          row.getLong(8),
          row.getLong(9),
          json.readValue(row.getString(10), new TypeReference<List<ImportError>>() {}),
          row.getOffsetDateTime(11),
          row.getOffsetDateTime(12),
          row.getString(13));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Luot wrote these errors itself", e);
    }
  }

  private double brokenOffSeconds() {
    return config.brokenOffAfter().toSeconds();
  }

  Progress progress(long id) {
    return new Progress(id);
  }

  /** Records how far an import is, at most so often, and waits for nobody. */
  final class Progress {
    private final long id;
    private LongSupplier checked = () -> 0;
    private LongSupplier done = () -> 0;
    private long last = System.nanoTime();

    private Progress(long id) {
      this.id = id;
    }

    void follow(LongSupplier checked, LongSupplier done) {
      this.checked = checked;
      this.done = done;
    }

    /** To be called often, by the one thread that imports. */
    void tick() {
      long now = System.nanoTime();
      if (now - last > config.recordEvery().toNanos()) {
        last = now;
        pool.preparedQuery(RECORD)
            .execute(Tuple.of(id, checked.getAsLong(), done.getAsLong()))
            .subscribe()
            .with(
                recorded -> {},
                failure ->
                    Log.debugf("The progress of import %d is not recorded: %s", id, failure));
      }
    }
  }

  /** How far an import is, and what came of it. */
  @Schema(name = "Import")
  public record ImportAnswer(
      long id,
      @Schema(
              description =
                  "running; done: all of it is in force, or with dryRun could be; refused: nothing was"
                      + " changed, see errors; brokenOff: nothing was changed, since the pod or"
                      + " PostgreSQL went away: send the file again",
              enumeration = {"running", "done", "refused", "brokenOff"})
          String state,
      boolean dryRun,
      String reason,
      @Schema(description = "Whose key, or which person") String by,
      @Schema(description = "Lines of the file") long lines,
      @Schema(description = "Lines checked so far") long checked,
      @Schema(
              description =
                  "Lines written so far, in force when state is done; of a batch, its views")
          long done,
      @Schema(description = "Lines with numbers, without those that are refused") long accepted,
      @Schema(description = "How many errors there are in all") long errorCount,
      @Schema(description = "The first 100 of them") List<ImportError> errors,
      OffsetDateTime startedAt,
      @Schema(nullable = true) OffsetDateTime finishedAt,
      @Schema(
              nullable = true,
              description = "What the sender of hits called them; null: old numbers")
          String batch) {}
}

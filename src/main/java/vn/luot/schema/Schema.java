package vn.luot.schema;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;
import vn.luot.connection.postgres.PostgresPool;
import vn.luot.connection.postgres.Rows;

/**
 * Brings PostgreSQL's tables to this version.
 *
 * <p>It keeps Flyway's history table in Flyway's format, so that Flyway's own tools can be used on
 * it, and runs on the reactive pool: Flyway itself would bring a second driver, a second pool and a
 * transaction manager into every pod for the sake of one statement at its start.
 */
@Singleton
public record Schema(Pool pool) {
  /** Any number, the same in every pod: they take turns. */
  private static final long LOCK = 0x6c756f74;

  private static final String BEGIN =
      "SET LOCAL statement_timeout = 0; SET LOCAL client_min_messages = warning;"
          + " SELECT pg_advisory_xact_lock("
          + LOCK
          + ")";

  private static final String HISTORY =
      """
      DO $$
      BEGIN
        IF current_setting('server_encoding') <> 'UTF8' THEN
          RAISE EXCEPTION 'the encoding of database % is %: make it with ENCODING UTF8 TEMPLATE template0',
            current_database(), current_setting('server_encoding');
        END IF;
      END $$;
      CREATE TABLE IF NOT EXISTS flyway_schema_history (
        installed_rank integer NOT NULL CONSTRAINT flyway_schema_history_pk PRIMARY KEY,
        version        varchar(50),
        description    varchar(200) NOT NULL,
        type           varchar(20) NOT NULL,
        script         varchar(1000) NOT NULL,
        checksum       integer,
        installed_by   varchar(100) NOT NULL,
        installed_on   timestamp NOT NULL DEFAULT now(),
        execution_time integer NOT NULL,
        success        boolean NOT NULL);
      CREATE INDEX IF NOT EXISTS flyway_schema_history_s_idx ON flyway_schema_history (success)
      """;

  private static final String APPLIED =
      "SELECT version, checksum FROM flyway_schema_history WHERE success AND version IS NOT NULL";

  private static final String REMEMBER =
      """
      INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
                                         checksum, installed_by, execution_time, success)
      SELECT coalesce(max(installed_rank), 0) + 1, $1, $2, 'SQL', $3, $4, current_user, $5, true
      FROM flyway_schema_history
      """;

  /** Beyond it the connection leads nowhere: no statement here takes as long. */
  private static final Duration LONGEST = Duration.ofHours(2);

  /** All that is missing in one transaction, so that a pod sees the old tables or the new ones. */
  public Uni<Void> bringUp() {
    return alone(
        connection ->
            run(connection, HISTORY)
                .flatMap(exists -> applied(connection))
                .flatMap(applied -> applyMissing(connection, applied)));
  }

  /** Where somebody else brings them up to date: fails until that is done. */
  public Uni<Void> requireUpToDate() {
    return pool.withConnection(Schema::applied)
        .invoke(
            applied ->
                Migration.SCRIPTS.stream()
                    .map(Migration::of)
                    .filter(migration -> isMissing(migration, applied))
                    .forEach(
                        missing -> {
                          throw new Behind(missing.script());
                        }))
        .replaceWithVoid();
  }

  /** The tables are those of an earlier version. */
  public static final class Behind extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Behind(String script) {
      super(script + " is not applied yet; luot migrate does it");
    }
  }

  /** Calls a function of the tables that returns how much it has mended. */
  Uni<Long> mend(String function) {
    return alone(
        connection ->
            connection
                .query("SELECT " + function + "()")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0)));
  }

  /** In one transaction that may take its time, on a connection that may be silent meanwhile. */
  private <T> Uni<T> alone(Function<SqlConnection, Uni<T>> work) {
    return pool.withTransaction(
        connection -> {
          PostgresPool.expectSilence(connection.getDelegate(), LONGEST);
          return run(connection, BEGIN)
              .flatMap(locked -> work.apply(connection))
              .onTermination()
              .invoke(() -> PostgresPool.expectAnswers(connection.getDelegate()));
        });
  }

  private static Uni<Map<String, Integer>> applied(SqlConnection connection) {
    return connection
        .query(APPLIED)
        .execute()
        .map(rows -> Rows.map(rows, row -> row.getString(0), row -> row.getInteger(1)));
  }

  private static Uni<Void> applyMissing(SqlConnection connection, Map<String, Integer> applied) {
    return Multi.createFrom()
        .iterable(Migration.SCRIPTS)
        .map(Migration::of)
        .filter(migration -> isMissing(migration, applied))
        .onItem()
        .transformToUniAndConcatenate(migration -> apply(connection, migration))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static boolean isMissing(Migration migration, Map<String, Integer> applied) {
    Integer checksum = applied.get(migration.version());
    if (checksum != null && checksum != migration.checksum()) {
      throw new IllegalStateException(
          migration.script() + " was changed after it had been applied to this database");
    }
    return !applied.containsKey(migration.version());
  }

  private static Uni<Void> apply(SqlConnection connection, Migration migration) {
    long begin = System.nanoTime();
    return run(connection, migration.sql())
        .flatMap(done -> remember(connection, migration, System.nanoTime() - begin))
        .invoke(() -> Log.infof("PostgreSQL's tables: %s applied", migration.script()));
  }

  private static Uni<Void> remember(SqlConnection connection, Migration migration, long nanos) {
    return connection
        .preparedQuery(REMEMBER)
        .execute(
            Tuple.of(
                migration.version(),
                migration.description(),
                migration.script(),
                migration.checksum(),
                (int) (nanos / 1_000_000)))
        .replaceWithVoid();
  }

  /** The simple protocol: several statements at once. */
  private static Uni<Void> run(SqlConnection connection, String statements) {
    return connection.query(statements).execute().replaceWithVoid();
  }

  /**
   * One step of PostgreSQL's tables: a file below {@code db/migration}, never edited once it has
   * landed.
   *
   * @param script such as {@code V1__tables.sql}
   */
  record Migration(String script, String sql) {
    /** All, in order. Named here because a native executable cannot list its resources. */
    static final List<String> SCRIPTS = List.of("V1__tables.sql");

    static Migration of(String script) {
      try (InputStream in = Migration.class.getResourceAsStream("/db/migration/" + script)) {
        return new Migration(script, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new IllegalStateException("the migration " + script + " cannot be read", e);
      }
    }

    String version() {
      return script.substring(1, script.indexOf("__"));
    }

    String description() {
      return script.substring(script.indexOf("__") + 2, script.lastIndexOf('.')).replace('_', ' ');
    }

    /** Flyway's: CRC-32 of the lines without what ends them. */
    int checksum() {
      CRC32 crc = new CRC32();
      sql.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
      return (int) crc.getValue();
    }
  }
}

package vn.luot.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL as the tests and the standalone start run it. */
class PostgresTest {
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir static Path directory;

  @BeforeAll
  static void letOtherAccountsPass() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @AfterAll
  static void closeVertx() {
    VERTX.closeAndAwait();
  }

  @Test
  void isUtf8AndDurableForARoleThatIsNoSuperuser() {
    try (var postgres = Postgres.start(directory, 0)) {
      assertEquals("UTF8", ask(postgres, "SHOW server_encoding"));
      assertEquals("on", ask(postgres, "SHOW fsync"));
      assertEquals("off", ask(postgres, "SHOW is_superuser"));
      var options = PgConnectOptions.fromUri(postgres.url());
      options.setUser(postgres.username()).setPassword("wrong");
      assertThrows(PgException.class, () -> PgConnection.connectAndAwait(VERTX, options));
    }
  }

  @Test
  void keepsItsDataWhenStoppedAndStartedAgain() {
    String password;
    try (var postgres = Postgres.start(directory, 0)) {
      query(postgres, "CREATE TABLE kept AS SELECT 'yes' AS said");
      password = postgres.password();
    }
    try (var postgres = Postgres.start(directory, 0)) {
      assertEquals("yes", ask(postgres, "SELECT said FROM kept"));
      assertEquals(password, postgres.password());
    }
  }

  @Test
  void startsAlthoughItsLockNamesAnotherProcess() throws IOException {
    try (var postgres = Postgres.start(directory, 0)) {
      var pid = postgres.pid();
      postgres.kill();
      assertFalse(postgres.isRunning());
      assertTrue(ProcessHandle.of(pid).isEmpty());
      var lock = lock();
      var lines = Files.readAllLines(lock);
      lines.set(0, Long.toString(ProcessHandle.current().pid()));
      Files.write(lock, lines);
      postgres.restart();
      assertTrue(postgres.isRunning());
    }
  }

  private Path lock() throws IOException {
    try (var found = Files.find(directory, 2, (path, a) -> path.endsWith("postmaster.pid"))) {
      return found.findFirst().orElseThrow();
    }
  }

  private static String ask(Postgres postgres, String sql) {
    return query(postgres, sql).get(0);
  }

  private static List<String> query(Postgres postgres, String sql) {
    var options = PgConnectOptions.fromUri(postgres.url());
    options.setUser(postgres.username()).setPassword(postgres.password());
    var connection = PgConnection.connectAndAwait(VERTX, options);
    try {
      var rows = connection.query(sql).executeAndAwait();
      return rows.toMulti().map(row -> row.getString(0)).collect().asList().await().indefinitely();
    } finally {
      connection.closeAndAwait();
    }
  }
}

package vn.luot.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

/** The history Luot keeps is Flyway's. */
@QuarkusTest
class SchemaTest {
  private static final Path DIRECTORY = Path.of("src/main/resources/db/migration");

  @Inject Vertx vertx;

  Postgres postgres;

  @Test
  void everyMigrationIsNamedInOrder() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      List<String> scripts =
          files
              .map(file -> file.getFileName().toString())
              .sorted(
                  Comparator.comparingInt(
                      name -> Integer.parseInt(name.substring(1, name.indexOf('_')))))
              .toList();
      assertEquals(scripts, Schema.Migration.SCRIPTS);
    }
  }

  @Test
  void flywayFindsNothingToDoAndNothingChanged() {
    TestSite.create(postgres);
    Flyway flyway =
        Flyway.configure()
            .dataSource(
                "jdbc:" + (postgres == null ? "" : postgres.url()),
                postgres.username(),
                postgres.password())
            .locations("filesystem:" + DIRECTORY)
            .load();
    flyway.validate();
    assertEquals(0, flyway.migrate().migrationsExecuted);
    assertEquals(
        Schema.Migration.SCRIPTS,
        Arrays.stream(flyway.info().applied()).map(MigrationInfo::getScript).toList());
  }

  @Test
  void aDatabaseOfAnotherEncodingGetsNoTablesAndIsNamed(@TempDir Path directory)
      throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    try (Postgres another = Postgres.start(directory, 0)) {
      another.makeDatabaseIn("SQL_ASCII");
      PgConnectOptions options = PgConnectOptions.fromUri(another.url());
      options.setUser(another.username()).setPassword(another.password());
      Pool pool = PgBuilder.pool().connectingTo(options).using(vertx).build();
      Uni<Void> tables = new Schema(pool).bringUp().eventually(pool::close);
      PgException refused =
          assertThrows(PgException.class, () -> tables.await().atMost(Duration.ofMinutes(1)));
      assertTrue(refused.getMessage().contains("luot is SQL_ASCII"), refused::getMessage);
    }
  }
}

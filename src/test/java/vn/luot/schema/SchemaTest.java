package vn.luot.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

/** The history Luot keeps is Flyway's. */
@QuarkusTest
class SchemaTest {
  private static final Path DIRECTORY = Path.of("src/main/resources/db/migration");

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
}

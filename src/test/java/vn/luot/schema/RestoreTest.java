package vn.luot.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import vn.luot.Database;
import vn.luot.standalone.Postgres;

/** What dumps and restores of the distribution's own tools leave, where they are installed. */
@EnabledIf("isInstalled")
class RestoreTest {
  private static final Path HOME = Path.of("/usr/lib/postgresql/15");

  private static final String ROWS =
      """
      INSERT INTO site (id, rules) VALUES (1, '{"id":"a","name":"A","origins":["https://a.example"]}');
      INSERT INTO page SELECT 1, n, '/' || n, 'Chợ phiên', now() FROM generate_series(1, 9) AS n;
      INSERT INTO hourly_views SELECT 1, '2026-11-20', '2026-11-20T01:00Z', n, 10 * n, n FROM generate_series(1, 4) AS n;
      INSERT INTO page_views SELECT 1, '2026-11-20', n, 5, n FROM generate_series(1, 9) AS n;
      INSERT INTO past_day VALUES (1, '2026-11-21', 9);
      INSERT INTO vote (site_id, page, voter, stars, revision, changed_at)
        SELECT 1, 1, gen_random_uuid(), n, 1, now() FROM generate_series(1, 5) AS n;
      UPDATE hourly_views SET views = views + 1;
      DELETE FROM vote WHERE stars = 1;
      """;

  private static final String TOTALS =
      """
      SELECT 'site', site_id, views, visits, 0 FROM site_total
      UNION ALL SELECT 'day ' || day, site_id, views, visits, 0 FROM daily_total
      UNION ALL SELECT 'pages', count(*), sum(views), sum(visits), 0 FROM page_total
      UNION ALL SELECT 'rating', one, two, three + four + five, 0 FROM rating_total
      UNION ALL SELECT 'rows', (SELECT count(*) FROM hourly_views), (SELECT count(*) FROM page_views),
        (SELECT count(*) FROM vote), (SELECT count(*) FROM past_day)
      UNION ALL SELECT slug, id, revision, 0, 0 FROM site ORDER BY 1
      """;

  private static final String MADE =
      """
      a 1 1 0 0
      day 2026-11-20 1 104 10 0
      pages 9 45 0 0
      rating 0 1 3 0
      rows 4 9 4 1
      site 1 104 10 0\
      """;

  @TempDir static Path directory;

  private static Postgres postgres;
  private static Database database;

  static boolean isInstalled() {
    return Files.isExecutable(HOME.resolve("bin/pg_restore"));
  }

  @BeforeAll
  static void start() {
    postgres = Postgres.installed(HOME, directory.resolve("data"));
    database = new Database(postgres);
  }

  @BeforeEach
  void makeRows() {
    makeTables();
    database.execute(ROWS);
    assertEquals(MADE, database.table(TOTALS));
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  private void makeTables() {
    database.execute("DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public");
    Schema.Migration.SCRIPTS.forEach(script -> database.execute(Schema.Migration.of(script).sql()));
  }

  private void dump(String... arguments) throws IOException, InterruptedException {
    run("pg_dump", arguments);
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-h", "127.0.0.1", "-p", "" + postgres.port(), "-U", "luot"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", postgres.password());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void aDumpOfTheRowsAloneFillsFreshTablesOnce() throws Exception {
    dump("-Fc", "--data-only", "-f", file("rows"), "luot");
    makeTables();
    run("pg_restore", "--data-only", "-d", "luot", "--exit-on-error", file("rows"));
    assertEquals(MADE, database.table(TOTALS));
    assertEquals("0", database.table("SELECT recount()"));
    database.execute("INSERT INTO hourly_views VALUES (1, '2026-11-20', now(), 9, 6, 0)");
    assertEquals("110", database.table("SELECT views FROM site_total"));
  }

  @Test
  void aWholeDumpIsTheSameDatabaseAgain() throws Exception {
    dump("--schema=public", "-f", file("all.sql"), "luot");
    database.execute("DROP SCHEMA public CASCADE");
    run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", "luot", "-f", file("all.sql"));
    assertEquals(MADE, database.table(TOTALS));
  }

  @Test
  void tablesRestoredWithoutTheirTotalsAreRecounted() throws Exception {
    dump("-Fc", "--data-only", "-f", file("rows"), "luot");
    makeTables();
    run(
        "pg_restore",
        "--data-only",
        "-d",
        "luot",
        "-t",
        "hourly_views",
        "-t",
        "vote",
        file("rows"));
    assertEquals("3", database.table("SELECT recount()"));
    assertEquals("104", database.table("SELECT views FROM site_total"));
    assertEquals(
        "0 1 1 1 1", database.table("SELECT one, two, three, four, five FROM rating_total"));
    assertEquals("0", database.table("SELECT recount()"));
  }

  @Test
  void whatBelongsToNoSiteIsSweptWhenThatIsAskedFor() {
    database.execute(
        ROWS.replace("VALUES (1, ", "VALUES (2, ")
            .replace("SELECT 1, ", "SELECT 2, ")
            .replace("\"a\"", "\"b\""));
    database.execute(
        "INSERT INTO api_key (role, name, hash, created_by) VALUES ('reader', 'all', sha256('a'),"
            + " 'a')");
    assertEquals("0", database.table("SELECT sweep()"));
    database.execute("DELETE FROM site WHERE id = 2");
    // 9 pages, 4 + 9 registers, 4 votes, 1 + 1 + 9 + 1 totals, 1 past day.
    assertEquals("39", database.table("SELECT sweep()"));
    assertEquals(MADE.replace("1 104", "1 108"), database.table(TOTALS));
    assertEquals("1", database.table("SELECT count(*) FROM api_key"));
  }

  /** What Redis still has of the lost site would be the new one's. */
  @Test
  void aNewSiteNeverGetsTheNumberOfOneThatAnOlderBackupLacks() {
    String made =
        database.table(
            "INSERT INTO site (rules) VALUES ('{\"id\":\"b\",\"name\":\"B\"}') RETURNING id");
    assertTrue(Integer.parseInt(made) > 1_000, made);
  }
}

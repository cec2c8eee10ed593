package vn.luot.admin.export;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.standalone.Postgres;

/** -Dluot.stream.rows=1000000 for the full size. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportStreamTest {
  private static final int ROWS = Integer.getInteger("luot.stream.rows", 100_000);
  private static final long MEBIBYTE = 1 << 20;

  private static final String OPEN_TRANSACTIONS =
      "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'";

  private static final String END_EXPORTS =
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
          + " WHERE pid <> pg_backend_pid() AND query LIKE 'FETCH %'";

  @Inject Pool pool;
  @Inject Vertx vertx;

  @TestHTTPResource("/")
  URL server;

  Postgres postgres;
  TestSite site;

  /** Once: no test changes them. */
  @BeforeEach
  void manyRows() {
    if (site != null) {
      return;
    }
    site = TestSite.create(postgres);
    site.database.execute(
        """
        INSERT INTO page SELECT %1$d, n, '/a-rather-long-path/of-some-article/' || n, repeat('Tiêu đề ', 10), now()
        FROM generate_series(1, %2$d / 100) AS n;
        INSERT INTO page_views (site_id, day, page, epoch, views)
        SELECT %1$d, date '2026-01-01' + d, n, 7, n FROM generate_series(0, 99) AS d,
          generate_series(1, %2$d / 100) AS n
        """
            .formatted(site.id, ROWS));
  }

  private HttpURLConnection export(String format) throws IOException {
    URI uri = URI.create(server + "admin/v1/sites/" + site.slug + "/export?format=" + format);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + OperatorKey.KEY);
    return connection;
  }

  /**
   * Sorted, a year of a large site would keep its first row back for longer than a statement may
   * run.
   */
  @Test
  void theFirstRowWaitsForNoOther() {
    site.database.execute("ANALYZE page_views");
    String query =
        Subject.PAGES
            .query()
            .replace("$1", "" + site.id)
            .replace("$2", "'2026-01-01'")
            .replace("$3", "'2026-04-10'")
            .replace("$4", "'UTC'");
    String plan =
        site.database.table("BEGIN; " + Exporter.SOON + "; EXPLAIN " + Exporter.DECLARE + query);
    assertFalse(plan.contains("Sort"), plan);
    assertTrue(plan.contains("Index Scan using page_views_pkey"), plan);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void anExportOfAnyLengthTakesTheSameMemory() throws IOException {
    long before = used();
    long begin = System.nanoTime();
    long bytes = 0;
    long lines = 0;
    long most = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = export("csv").getInputStream()) {
      long read = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
        read += n;
        bytes += n;
        if (read > 4 * MEBIBYTE) {
          most = Math.max(most, used());
          read = 0;
        }
      }
    }
    System.out.printf(
        "%d lines, %d MiB in %.1f s, at most %.1f MiB more in use%n",
        lines,
        bytes / MEBIBYTE,
        (System.nanoTime() - begin) / 1e9,
        (double) (most - before) / MEBIBYTE);
    assertEquals(ROWS + 1, lines);
    assertTrue(most - before < 32 * MEBIBYTE, (most - before) / MEBIBYTE + " MiB more");
  }

  @Test
  void whoBreaksOffGivesTheConnectionBack() throws IOException {
    for (int i = 0; i < 4; i++) {
      HttpURLConnection connection = awaitAnswer("json");
      InputStream in = connection.getInputStream();
      assertTrue(in.readNBytes(1000).length == 1000);
      connection.disconnect();
      await().until(() -> site.database.number(OPEN_TRANSACTIONS) == 0);
    }
  }

  /** Before there is a connection, while the cursor is opened, and while rows are fetched. */
  @Test
  void whoLeavesAtAnyMomentGivesTheSlotBack() throws Exception {
    for (int i = 0; i < 60; i++) {
      try (Socket socket = new Socket("127.0.0.1", server.getPort())) {
        String request =
            "GET /admin/v1/sites/%s/export HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Authorization: Bearer %s\r\n\r\n";
        socket
            .getOutputStream()
            .write(request.formatted(site.slug, OperatorKey.KEY).getBytes(StandardCharsets.UTF_8));
        Thread.sleep(i % 30);
      }
    }
    awaitAnswer("csv").disconnect();
    await().until(() -> site.database.number(OPEN_TRANSACTIONS) == 0);
  }

  /** That the one before is gone, the application may notice a moment after its client left. */
  private HttpURLConnection awaitAnswer(String format) {
    return await().ignoreExceptions().until(() -> answered(format), Objects::nonNull);
  }

  /** Null where it is refused. */
  private HttpURLConnection answered(String format) throws IOException {
    HttpURLConnection connection = export(format);
    return connection.getResponseCode() == 200 ? connection : null;
  }

  @Test
  void anExportOfASiteLeavesRoomForAnothers() throws IOException {
    TestSite another = TestSite.create(postgres);
    HttpURLConnection first = awaitAnswer("csv");
    try (InputStream in = first.getInputStream()) {
      assertEquals(1000, in.readNBytes(1000).length);
      HttpURLConnection second = export("csv");
      assertEquals(429, second.getResponseCode());
      assertEquals("2", second.getHeaderField("Retry-After"));
      OperatorKey.asOperator()
          .get("/admin/v1/sites/" + another.slug + "/export")
          .then()
          .statusCode(200);
    } finally {
      first.disconnect();
    }
  }

  private record Limits(int atOnce, int rowsAtOnce, Duration giveUpAfter)
      implements Exporter.Config {}

  @Test
  void whoReadsTooSlowlyIsLeft() {
    Limits soon = new Limits(1, 10, Duration.ofMillis(500));
    Multi<byte[]> rows =
        new Exporter(pool, soon, vertx)
            .export(
                site.id,
                Subject.PAGES,
                Format.of("csv", Subject.PAGES.columns(), ZoneOffset.UTC, ",", false),
                Tuple.of(site.id, LocalDate.EPOCH, LocalDate.of(2026, 12, 31), "UTC"));
    AssertSubscriber<byte[]> reader = rows.subscribe().withSubscriber(AssertSubscriber.create(1));
    await()
        .until(
            () -> {
              reader.request(1);
              return reader.getFailure() != null;
            });
    await().until(() -> site.database.number(OPEN_TRANSACTIONS) == 0);
  }

  /** The client sees that something is missing, and neither connection is kept. */
  @Test
  void anExportThatFailsHalfwayBreaksOffAtOnce() throws IOException {
    // More than a pod serves at once: each must have given back what it took.
    for (int i = 0; i < 4; i++) {
      HttpURLConnection connection = awaitAnswer("csv");
      connection.setReadTimeout(60_000);
      InputStream in = connection.getInputStream();
      assertEquals(1000, in.readNBytes(1000).length);
      await().until(() -> site.database.number(END_EXPORTS) == 1);
      IOException broken = assertThrows(IOException.class, in::readAllBytes);
      assertFalse(broken instanceof SocketTimeoutException, broken.toString());
      await().until(() -> site.database.number(OPEN_TRANSACTIONS) == 0);
    }
  }
}

package vn.luot.site.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.schema.Schema;
import vn.luot.site.Installation;

/** The registry's copy, which every pod watches. */
@QuarkusTest
class SitesCopyTest extends SiteTest {
  /** As if the tables were of an earlier version, and as they are. */
  private static final String OLD = "UPDATE flyway_schema_history SET version = version || '.old'";

  private static final String NEW =
      "UPDATE flyway_schema_history SET version = replace(version, '.old', '')";

  private static final String WAITING =
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";

  @Inject SiteRows rows;
  @Inject Schema schema;
  @Inject DemoSite demo;

  private final Copy copy = new Copy();

  private static final class Copy implements SitesCopy {
    private String version;
    private String rows;
    private int writes;
    private boolean repeated;

    @Override
    public Uni<Void> claim() {
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> keep(String version, String rows) {
      repeated |= version.equals(this.version);
      this.version = version;
      this.rows = rows;
      writes++;
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<String> version() {
      return Uni.createFrom().item(version);
    }

    @Override
    public Uni<String> rows() {
      return Uni.createFrom().item(rows);
    }
  }

  private Sites pod() {
    return new Sites(rows, copy, new Installation(), Duration.ZERO);
  }

  private static void await(Uni<Void> done) {
    done.await().atMost(Duration.ofSeconds(60));
  }

  @Test
  void itIsWrittenOnceAVersionHoweverManyPodsWatchIt() {
    Sites one = pod();
    Sites other = pod();
    for (int i = 0; i < 3; i++) {
      await(one.refresh());
      await(other.refresh());
    }
    int before = copy.writes;
    site.database.execute("UPDATE site SET rules = rules WHERE id = " + site.id);
    await(one.refresh());
    await(other.refresh());
    assertTrue(copy.writes > before);
    assertFalse(copy.repeated);
  }

  @Test
  void itIsWrittenAgainWhereRedisLostItAndReadByAPodThatStarts() {
    Sites one = pod();
    await(one.refresh());
    int before = copy.writes;
    copy.version = null;
    await(one.refresh());
    assertEquals(before + 1, copy.writes);
    Sites late = pod();
    await(late.refreshFromCopy());
    assertNotNull(late.known(site.slug));
    assertEquals(one.known(site.slug), late.known(site.slug));
  }

  private SitesRefresher starting(SitesRefresher.Migrate migrate) {
    await(pod().refresh());
    return new SitesRefresher(schema, demo, pod(), new Installation(), migrate);
  }

  @AfterEach
  void asItShouldBe() {
    site.database.execute("ALTER TABLE IF EXISTS away RENAME TO flyway_schema_history; " + NEW);
  }

  @Test
  void itIsNotServedWhileTheTablesAreBroughtUpToDate() throws SQLException {
    SitesRefresher late = starting(SitesRefresher.Migrate.START);
    site.database.execute(OLD);
    try (Connection another = site.database.connect();
        Statement migration = another.createStatement()) {
      another.setAutoCommit(false);
      migration.execute("SELECT pg_advisory_xact_lock(1819635572)");
      migration.execute(NEW);
      CompletableFuture<Void> done = late.refresh().subscribeAsCompletionStage();
      Awaitility.await().until(() -> site.database.number(WAITING) > 0);
      await(late.useCopy());
      assertEquals(Status.DOWN, late.call().getStatus());
      another.commit();
      done.orTimeout(60, TimeUnit.SECONDS).join();
      assertEquals(Status.UP, late.call().getStatus());
    }
  }

  @Test
  void itIsNotServedOnTablesThatWereTooOldWhenPostgresCouldLastBeAsked() {
    SitesRefresher late = starting(SitesRefresher.Migrate.OFF);
    site.database.execute(OLD);
    await(late.refresh());
    site.database.execute("ALTER TABLE flyway_schema_history RENAME TO away");
    await(late.refresh());
    await(late.useCopy());
    assertEquals(Status.DOWN, late.call().getStatus());
  }
}

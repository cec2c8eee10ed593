package vn.luot.connection.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.luot.standalone.Postgres;

/** Connections that say nothing, and those that are refused. */
@QuarkusTest
class PostgresPoolTest {
  private static final String SLOW = "SELECT pg_sleep(2)";
  private static final String BRIEF = "SELECT pg_sleep(0.01)";
  private static final String LIMIT = "ALTER DATABASE luot CONNECTION LIMIT ";

  @Inject Vertx vertx;

  Postgres postgres;

  @Test
  void aStatementMayTakeItsTimeWhereThatIsExpected() {
    Pool pool = new PostgresPool(Duration.ofSeconds(1), Pooler.NONE).create(as(owner(postgres)));
    SqlConnection connection = await(pool.getConnection());
    PostgresPool.expectSilence(connection, Duration.ofMinutes(1));
    assertEquals(1, await(connection.query(SLOW).execute()).size());
    assertThrows(CompletionException.class, () -> await(pool.query(SLOW).execute()));
    await(pool.close());
  }

  /** A pod may open eight. */
  @Test
  void whoeverNeedsAConnectionThatPostgresRefusesGetsTheNextFreeOne(@TempDir Path directory) {
    Postgres small = Postgres.start(directory, 0);
    PostgresPool connections = new PostgresPool(Duration.ofSeconds(30), Pooler.NONE);
    Pool pool = connections.create(as(owner(small)));
    try {
      await(pool.query(LIMIT + 3).execute());
      busy(pool);
      assertTrue(connections.isRefused() && pool.size() <= 3, "connections " + pool.size());
      await(pool.query(LIMIT + 8).execute());
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                busy(pool);
                assertEquals(8, pool.size());
              });
      assertFalse(connections.isRefused());
    } finally {
      await(pool.close());
      small.close();
    }
  }

  /** Half of them for a statement, half for more than one. */
  private static void busy(Pool pool) {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(pool.query(BRIEF).execute());
      all.add(pool.withTransaction(connection -> connection.query(BRIEF).execute()));
    }
    await(Future.all(all));
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private static PgConnectOptions owner(Postgres postgres) {
    return PgConnectOptions.fromUri(postgres.url())
        .setUser(postgres.username())
        .setPassword(postgres.password());
  }

  private PgPoolCreator.Input as(PgConnectOptions role) {
    return new PgPoolCreator.Input() {
      @Override
      public Vertx vertx() {
        return vertx;
      }

      @Override
      public PoolOptions poolOptions() {
        return new PoolOptions().setMaxSize(8);
      }

      @Override
      public List<PgConnectOptions> pgConnectOptionsList() {
        return List.of(role);
      }
    };
  }
}

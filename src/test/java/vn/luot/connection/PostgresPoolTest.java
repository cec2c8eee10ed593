package vn.luot.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Stores;

/** Connections that say nothing. */
@QuarkusTest
@WithTestResource(value = Stores.class, scope = TestResourceScope.GLOBAL)
class PostgresPoolTest {
  private static final String SLOW = "SELECT pg_sleep(2)";

  @Inject Vertx vertx;

  Postgres postgres;

  @Test
  void aStatementMayTakeItsTimeWhereThatIsExpected() {
    Pool pool = pool(Duration.ofSeconds(1));
    SqlConnection connection = await(pool.getConnection());
    PostgresPool.expectSilence(connection, Duration.ofMinutes(1));
    assertEquals(1, await(connection.query(SLOW).execute()).size());
    assertThrows(CompletionException.class, () -> await(pool.query(SLOW).execute()));
    await(pool.close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private Pool pool(Duration silent) {
    PgConnectOptions options =
        PgConnectOptions.fromUri(postgres.url())
            .setUser(postgres.username())
            .setPassword(postgres.password());
    return new PostgresPool(silent, Pooler.NONE)
        .create(
            new PgPoolCreator.Input() {
              @Override
              public Vertx vertx() {
                return vertx;
              }

              @Override
              public PoolOptions poolOptions() {
                return new PoolOptions();
              }

              @Override
              public List<PgConnectOptions> pgConnectOptionsList() {
                return List.of(options);
              }
            });
  }
}

package vn.luot.standalone;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The application under test reaches the stores, and a test gets hold of them. */
@QuarkusTest
class StoresTest {
  @Inject Pool pool;
  @Inject RedisDataSource data;

  Redis redis;
  Postgres postgres;

  @Test
  void theApplicationReachesBothStoresAgainAfterTheyWereKilled() {
    assertBothAnswer();
    redis.kill();
    redis.restart();
    postgres.kill();
    postgres.restart();
    await().atMost(Duration.ofSeconds(60)).untilAsserted(this::assertBothAnswer);
  }

  private void assertBothAnswer() {
    assertEquals("PONG", data.execute("PING").toString());
    var row = pool.query("SELECT current_user").executeAndAwait().iterator().next();
    assertEquals("luot", row.getString(0));
  }
}

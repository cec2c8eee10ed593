package vn.luot.admin.numbers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What a caller who has gone waited for. */
@QuarkusTest
class LeaseTest {
  @Inject Pool pool;

  /** Its cancellation may be with PostgreSQL before the query is. */
  @Test
  void isCancelledAlsoWhereItHasHardlyBegun() throws Exception {
    for (int i = 0; i < 20; i++) {
      String slow = "SELECT pg_sleep(60), " + i;
      CompletableFuture<Void> begun = new CompletableFuture<>();
      Lease lease = Lease.of(pool);
      CompletableFuture<?> read =
          lease
              .run(
                  made -> {
                    begun.complete(null);
                    return made.preparedQuery(slow).execute();
                  })
              .toCompletionStage()
              .toCompletableFuture();
      begun.get(30, SECONDS);
      lease.leave();
      Throwable failure = assertThrows(ExecutionException.class, () -> read.get(30, SECONDS));
      assertInstanceOf(PgException.class, failure.getCause());
    }
  }
}

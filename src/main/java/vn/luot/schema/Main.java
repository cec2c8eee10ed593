package vn.luot.schema;

import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.List;
import vn.luot.connection.WatchedConnections;

/**
 * Serves; or, with the argument {@code migrate}, brings PostgreSQL's tables up to date and ends.
 */
@QuarkusMain
public class Main implements QuarkusApplication {
  private static final String MIGRATE = "migrate";
  private static final Duration TRY_AGAIN_AFTER = Duration.ofMillis(500);
  private static final Duration TRY_AGAIN_AT_MOST_AFTER = Duration.ofSeconds(3);

  /** A job that gives up is started again by whoever runs it. */
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(1);

  private final Schema schema;

  Main(Schema schema) {
    this.schema = schema;
  }

  public static void main(String... arguments) {
    WatchedConnections.prepare();
    if (isMigration(arguments)) {
      // Nothing else of the service is to run: it serves nobody, counts and flushes nothing.
      System.setProperty("quarkus.scheduler.enabled", "false");
      System.setProperty("quarkus.http.host-enabled", "false");
      System.setProperty("quarkus.management.host", "127.0.0.1");
      System.setProperty("quarkus.management.port", "0");
    }
    Quarkus.run(Main.class, arguments);
  }

  @Override
  public int run(String... arguments) {
    if (isMigration(arguments)) {
      return migrate();
    }
    Quarkus.waitForExit();
    return 0;
  }

  private static boolean isMigration(String... arguments) {
    return List.of(arguments).contains(MIGRATE);
  }

  private int migrate() {
    try {
      schema
          .bringUp()
          .onFailure(failure -> !(failure instanceof IllegalStateException))
          .retry()
          .withBackOff(TRY_AGAIN_AFTER, TRY_AGAIN_AT_MOST_AFTER)
          .expireIn(GIVE_UP_AFTER.toMillis())
          .await()
          .atMost(GIVE_UP_AFTER.multipliedBy(10));
      Log.info("PostgreSQL's tables are up to date");
      return 0;
    } catch (RuntimeException e) {
      Log.errorf("PostgreSQL's tables cannot be brought up to date: %s", e.getMessage());
      return 1;
    }
  }
}

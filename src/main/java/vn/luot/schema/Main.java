package vn.luot.schema;

import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.request.WatchedConnections;

/**
 * Serves; or, with the argument {@code migrate}, brings PostgreSQL's tables up to date and ends;
 * or, with {@code recount}, sums every total up anew and ends; or, with {@code sweep}, removes what
 * belongs to no site and ends; or, with {@code --version}, tells its version.
 */
@QuarkusMain
public class Main implements QuarkusApplication {
  private static final String MIGRATE = "migrate";
  private static final String RECOUNT = "recount";
  private static final String SWEEP = "sweep";
  private static final String VERSION = "--version";

  private static final Duration TRY_AGAIN_AFTER = Duration.ofMillis(500);
  private static final Duration TRY_AGAIN_AT_MOST_AFTER = Duration.ofSeconds(3);

  /** A job that gives up is started again by whoever runs it. */
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(1);

  private static final Duration LONGEST = Duration.ofHours(2);

  /**
   * Classes of SQLSTATE: connection, transaction (a standby), rolled back, resources, object in
   * use, operator, system.
   */
  private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "55", "57", "58");

  private final Schema schema;

  Main(Schema schema) {
    this.schema = schema;
  }

  /**
   * Where the framework finds no OpenAPI document. It would read it at each start and write it
   * anew, to send it; Luot sends what the build wrote. Needed until the framework reads it when it
   * is asked for.
   */
  private static final class WithoutDocument extends ClassLoader {
    WithoutDocument() {
      super(Main.class.getClassLoader());
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      return null;
    }
  }

  public static void main(String... arguments) {
    WatchedConnections.prepare();
    // Read when the first line is logged: where no locale is set, it would be printed in ASCII.
    System.setProperty("stdout.encoding", "UTF-8");
    // No number and no message is to be written as the machine's language has it.
    Locale.setDefault(Locale.ROOT);
    OpenApiConstants.classLoader = new WithoutDocument();
    if (asks(VERSION, arguments)) {
      System.out.println("Luot " + version());
      return;
    }
    if (asks(MIGRATE, arguments) || asks(RECOUNT, arguments) || asks(SWEEP, arguments)) {
      // Nothing else of the service is to run: it serves nobody, counts and flushes nothing.
      System.setProperty("quarkus.scheduler.enabled", "false");
      System.setProperty("quarkus.http.host-enabled", "false");
      System.setProperty("quarkus.shutdown.delay", "0s");
      System.setProperty("quarkus.management.host", "127.0.0.1");
      System.setProperty("quarkus.management.port", "0");
    }
    Quarkus.run(Main.class, arguments);
  }

  @Override
  public int run(String... arguments) {
    if (asks(MIGRATE, arguments)) {
      return end("PostgreSQL's tables are brought up to date", schema.bringUp());
    }
    if (asks(RECOUNT, arguments)) {
      return end(
          "PostgreSQL's totals are summed up anew",
          schema.mend(RECOUNT).invoke(wrong -> Log.infof("%d totals were wrong", wrong)));
    }
    if (asks(SWEEP, arguments)) {
      return end(
          "What belongs to no site is removed",
          schema.mend(SWEEP).invoke(rows -> Log.infof("%d rows belonged to no site", rows)));
    }
    Quarkus.waitForExit();
    return 0;
  }

  /** Of this build, such as 0.1.0. */
  public static String version() {
    try (InputStream file = Main.class.getResourceAsStream("/version.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean asks(String command, String... arguments) {
    return List.of(arguments).contains(command);
  }

  private static int end(String what, Uni<?> work) {
    try {
      AtomicBoolean told = new AtomicBoolean();
      work.onFailure(Main::mayPass)
          .invoke(failure -> tellOnce(told, what, failure))
          .onFailure(Main::mayPass)
          .retry()
          .withBackOff(TRY_AGAIN_AFTER, TRY_AGAIN_AT_MOST_AFTER)
          .expireIn(GIVE_UP_AFTER.toMillis())
          .await()
          .atMost(LONGEST);
      Log.infof("%s: done", what);
      return 0;
    } catch (RuntimeException e) {
      Log.errorf("%s: failed: %s", what, e.getMessage());
      return 1;
    }
  }

  /** Whether it may be otherwise in a moment: not so a wrong password or a changed migration. */
  private static boolean mayPass(Throwable failure) {
    return failure instanceof PgException refused
        ? PASSING.contains(refused.getSqlState().substring(0, 2))
        : !(failure instanceof IllegalStateException);
  }

  private static void tellOnce(AtomicBoolean told, String what, Throwable failure) {
    if (told.compareAndSet(false, true)) {
      Log.warnf(
          "%s: not yet: %s; tried for %d s", what, failure.getMessage(), GIVE_UP_AFTER.toSeconds());
    }
  }
}

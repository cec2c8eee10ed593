package vn.luot.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code mvn -Pstart}: the whole service with its own PostgreSQL and Redis, nothing installed. */
public final class Start {
  private final Path project;
  private final Settings settings = new Settings(System.getenv());
  private final Deque<Runnable> stops = new ArrayDeque<>();
  private boolean stopping;

  private Start(Path project) {
    this.project = project;
  }

  /**
   * The first argument is the project's directory; data are kept there in {@code .data}. The second
   * may be {@code if-built}: then this returns at once where something has to be built first.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var project = Path.of(arguments[0]).toAbsolutePath();
    var obstacle = Obstacles.first(project.resolve(".data"), System.getenv());
    if (obstacle.isPresent()) {
      throw new Refusal(obstacle.get());
    }
    if (List.of(arguments).contains("if-built") && !Artifact.isUpToDate(project)) {
      return;
    }
    new Start(project).run();
  }

  private void run() throws IOException, InterruptedException {
    try (var data = DataDirectory.open(project.resolve(".data"))) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::stopAll, "stop"));
      try {
        startStores(data);
        serve(data);
      } finally {
        stopAll();
      }
    }
  }

  private void startStores(DataDirectory data) {
    if (!settings.isGiven(Settings.REDIS)) {
      var redis = Redis.start(data.path(), 0);
      stopLater(redis::stop);
      settings.use(redis);
    }
    if (!settings.isGiven(Settings.POSTGRES)) {
      var postgres = Postgres.start(data.path(), 0);
      stopLater(postgres::stop);
      settings.use(postgres);
    }
  }

  private void serve(DataDirectory data) throws IOException, InterruptedException {
    if (!settings.isGiven(Settings.OPERATOR_KEY)) {
      settings.useOperatorKey(data.operatorKey());
    }
    var built = Artifact.in(project.resolve("target"));
    var kept = built.movedTo(data.keep(built.home()));
    var application =
        Application.start(kept, settings.environment(), data.path().resolve("app.pid"));
    stopLater(application::stop);
    if (application.awaitReady(settings.probes())) {
      announce(data);
    }
    var status = application.join();
    if (isStopping()) {
      // This JVM is on its way out; returning would let Maven report a success meanwhile.
      new CountDownLatch(1).await();
    }
    throw new Refusal(
        "The application ended by itself with exit code %d; its log is above.".formatted(status));
  }

  private void announce(DataDirectory data) {
    var key =
        settings.isGiven(Settings.OPERATOR_KEY)
            ? "the variable " + Settings.OPERATOR_KEY
            : project.relativize(data.operatorKeyFile());
    System.out.printf(
        """

        Luot is running:  %1$s
        For owners:       %1$sadmin/
        Operator key in:  %2$s
        Stop it with:     Ctrl+C
        """,
        settings.address(), key);
    // What the build needed is given back: this JVM is Maven's and only waits from here on.
    System.gc();
  }

  private synchronized void stopLater(Runnable stop) {
    if (stopping) {
      stop.run();
    } else {
      stops.push(stop);
    }
  }

  /** The last one started is the first to stop: the application's last flush needs the stores. */
  private synchronized void stopAll() {
    stopping = true;
    while (!stops.isEmpty()) {
      stops.pop().run();
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }
}

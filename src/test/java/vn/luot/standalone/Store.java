package vn.luot.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real store on a loopback port, kept in a directory; tests stop, kill and freeze it. */
public abstract sealed class Store implements AutoCloseable permits Postgres, Redis {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_GRACE = Duration.ofSeconds(20);
  private static final int LOG_TAIL = 30;

  private final Path log;
  private final Path pidFile;
  private final int port;
  private Tethered server;

  Store(Path directory, String name, int port) {
    this.log = directory.resolve(name + ".log");
    this.pidFile = directory.resolve(name + ".pid");
    this.port = port == 0 ? Ports.free() : port;
  }

  abstract Path program();

  abstract List<String> command();

  abstract String readyLine();

  abstract String stopSignal();

  /** Makes the data directory if need be and removes what a crash has left in the way. */
  abstract void prepare() throws IOException;

  public final int port() {
    return port;
  }

  /** The server's own process, not that of a shell around it. */
  public final long pid() {
    return server.handle().pid();
  }

  public final boolean isRunning() {
    return server != null && server.isAlive();
  }

  /** Starts on the same port and data, after stopping what runs. */
  public final void restart() {
    stop();
    try {
      Files.createDirectories(log.getParent());
      awaitPredecessor();
      prepare();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var command = new ProcessBuilder(command()).redirectErrorStream(true);
    command.environment().put("LC_ALL", "C");
    command.redirectOutput(log.toFile());
    server = Tethered.start(command, stopSignal(), pidFile);
    awaitReady();
  }

  /** Stops in good order; everything acknowledged is on disk afterwards. */
  public final void stop() {
    if (isRunning()) {
      thaw();
      server.stop(STOP_GRACE);
    }
  }

  /** SIGKILL to the server and its children, as when the machine's memory runs out. */
  public final void kill() {
    var children = server.handle().descendants().toList();
    server.handle().destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    server.awaitEnd(Duration.ofSeconds(10));
    // A child that lives on for a moment would keep the next start from the shared memory.
    var deadline = Instant.now().plusSeconds(2);
    while (children.stream().anyMatch(child -> runs(child.pid(), program().getFileName()))
        && Instant.now().isBefore(deadline)) {
      Command.pause();
    }
  }

  /** SIGSTOP: connections stay open and nothing answers. */
  public final void freeze() {
    signal("-STOP");
  }

  /** SIGCONT: the opposite of {@link #freeze}. */
  public final void thaw() {
    signal("-CONT");
  }

  @Override
  public final void close() {
    stop();
  }

  private void signal(String signal) {
    var command = new ArrayList<>(List.of("sh", "-c", "kill \"$@\"", "kill", signal));
    Stream.concat(Stream.of(server.handle()), server.handle().descendants())
        .forEach(process -> command.add(Long.toString(process.pid())));
    // A child may have ended meanwhile, which kill reports and nobody needs to know.
    Command.succeeds(command);
  }

  /** Two servers must never write the same files: the last one may still be on its way down. */
  private void awaitPredecessor() throws IOException {
    var written = Files.exists(pidFile) ? Files.readString(pidFile).strip() : "";
    if (written.isEmpty()) {
      return;
    }
    var pid = Long.parseLong(written);
    var deadline = Instant.now().plusSeconds(15);
    while (runs(pid, program().getFileName())) {
      if (Instant.now().isAfter(deadline)) {
        throw new Refusal("Process %d still runs on these data; its log is %s".formatted(pid, log));
      }
      Command.pause();
    }
  }

  /** Whether that process is alive and is that program: process ids are used again. */
  static boolean runs(long pid, Path program) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .filter(command -> Path.of(command).getFileName().equals(program))
        .isPresent();
  }

  private void awaitReady() {
    var deadline = Instant.now().plus(START_LIMIT);
    while (!log().contains(readyLine())) {
      if (!server.isAlive() || Instant.now().isAfter(deadline)) {
        server.stop(Duration.ZERO);
        var lines = log().lines().toList();
        throw new Refusal(
            "%s did not start on port %d; the end of %s:%n%s"
                .formatted(
                    getClass().getSimpleName(),
                    port,
                    log,
                    String.join(
                        "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()))));
      }
      Command.pause();
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

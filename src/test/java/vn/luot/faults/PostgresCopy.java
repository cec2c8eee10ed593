package vn.luot.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import vn.luot.standalone.Postgres;

/** A copy of PostgreSQL's data directory, as a backup holds it. */
final class PostgresCopy {
  private final Deployment deployment;
  private final Path data;
  private final Path copy;

  private PostgresCopy(Deployment deployment, Path data) {
    this.deployment = deployment;
    this.data = data;
    this.copy = data.resolveSibling("copy");
  }

  /** Of a stopped PostgreSQL, which then goes on. */
  static PostgresCopy take(Deployment deployment) {
    PostgresCopy taken = new PostgresCopy(deployment, data(deployment.directory));
    deployment.postgres.stop();
    taken.replace(taken.data, taken.copy);
    deployment.postgres.restart();
    return taken;
  }

  private static Path data(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("postgres-\\d+"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the copy beside the original, as a standby that hears nothing new. */
  Postgres standby() throws IOException {
    Path directory = copyAgain();
    Files.createFile(directory.resolve(data.getFileName()).resolve("standby.signal"));
    return Postgres.start(directory, 0);
  }

  /** Starts it as a second primary. */
  Postgres primary() {
    return Postgres.start(copyAgain(), 0);
  }

  private Path copyAgain() {
    Path directory = Deployment.directory();
    replace(copy, directory.resolve(data.getFileName()));
    return directory;
  }

  /** All that was committed since the copy is gone. */
  void putBack() {
    deployment.postgres.kill();
    replace(copy, data);
    deployment.postgres.restart();
  }

  /** With owners and times: PostgreSQL may run under another account. */
  private void replace(Path from, Path to) {
    run("rm", "-rf", to.toString());
    run("cp", "-a", from.toString(), to.toString());
  }

  private static void run(String... command) {
    try {
      if (new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

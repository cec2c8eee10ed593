package vn.luot.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What the standalone start keeps between two runs; only one run has it at a time. */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  static DataDirectory open(Path path) throws IOException {
    Files.createDirectories(path);
    if (!Files.isWritable(path)) {
      throw new Refusal(path + " belongs to another user.");
    }
    var file = path.resolve("lock");
    var lock =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    // The system gives it back when this JVM ends, also by SIGKILL.
    if (lock.tryLock() == null) {
      lock.close();
      throw new Refusal(Obstacles.runsAlready(path));
    }
    var pid = ProcessHandle.current().pid() + "\n";
    lock.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    return new DataDirectory(path, lock);
  }

  Path path() {
    return path;
  }

  Path operatorKeyFile() {
    return path.resolve("operator.key");
  }

  String operatorKey() throws IOException {
    return Secret.in(operatorKeyFile());
  }

  /** Copies the application, so that the next build does not pull its classes away. */
  Path keep(Path application) throws IOException {
    var copy = path.resolve("app");
    if (Files.exists(copy)) {
      Binaries.delete(copy);
    }
    try (var sources = Files.walk(application)) {
      for (var source : sources.toList()) {
        Files.copy(
            source,
            copy.resolve(application.relativize(source).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return copy;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}

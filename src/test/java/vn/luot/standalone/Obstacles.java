package vn.luot.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What would stop a start: another one on the same data, or a port that is taken.
 *
 * <p>{@code mvn -Pstart} has Java run this file by itself before it compiles anything, so it uses
 * no other of the project.
 */
final class Obstacles {
  private Obstacles() {}

  /** The project's directory is the only argument. */
  public static void main(String[] arguments) throws IOException {
    Optional<String> found = first(Path.of(arguments[0]).resolve(".data"), System.getenv());
    if (found.isPresent()) {
      System.err.println(found.get());
      System.exit(1);
    }
  }

  static Optional<String> first(Path data, Map<String, String> settings) throws IOException {
    return Stream.of(
            running(data),
            taken(settings, "QUARKUS_HTTP_HOST", "QUARKUS_HTTP_PORT", 8080),
            taken(settings, "QUARKUS_MANAGEMENT_HOST", "QUARKUS_MANAGEMENT_PORT", 9000))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> running(Path data) throws IOException {
    Path file = data.resolve("lock");
    if (!Files.isWritable(file)) {
      return Optional.empty();
    }
    try (FileChannel lock = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return lock.tryLock() == null ? Optional.of(runsAlready(data)) : Optional.empty();
    }
  }

  /** The lock holds the number of the process that has it. */
  static String runsAlready(Path data) throws IOException {
    return "Luot already runs on %s (process %s). Stop it first."
        .formatted(data, Files.readString(data.resolve("lock")).strip());
  }

  private static Optional<String> taken(
      Map<String, String> settings, String host, String port, int standard) {
    int number = Integer.parseInt(or(settings, port, Integer.toString(standard)));
    return isFree(or(settings, host, "127.0.0.1"), number)
        ? Optional.empty()
        : Optional.of(
            "Port %d is taken. Choose another one: %s=%d mvn -Pstart"
                .formatted(number, port, number + 1));
  }

  private static String or(Map<String, String> settings, String name, String standard) {
    String given = settings.getOrDefault(name, "");
    return given.isBlank() ? standard : given;
  }

  static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}

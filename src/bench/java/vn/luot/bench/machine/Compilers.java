package vn.luot.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a JVM spends on compiling, which it stops doing when it is warm. */
public final class Compilers {
  private static final double NANOS_PER_MICRO = 1_000;

  private Compilers() {}

  /** CPU so far; 0 of a native executable, and where the operating system does not tell. */
  public static double micros(long pid) {
    Path threads = Path.of("/proc/" + pid + "/task");
    if (!Files.isDirectory(threads)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(threads)) {
      return all.filter(thread -> text(thread.resolve("comm")).matches("C[12] Compiler.*"))
              .map(thread -> text(thread.resolve("schedstat")))
              .filter(used -> !used.isEmpty())
              .mapToLong(used -> Long.parseLong(used.substring(0, used.indexOf(' '))))
              .sum()
          / NANOS_PER_MICRO;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty where the thread has just ended. */
  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException ended) {
      return "";
    }
  }
}

package vn.luot.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process has in use. */
public final class Memory {
  private Memory() {}

  /** -1 where the operating system does not tell. */
  public static long residentMiB(long pid) {
    return status(pid, "VmRSS:");
  }

  /** The most so far; -1 where the operating system does not tell. */
  public static long mostResidentMiB(long pid) {
    return status(pid, "VmHWM:");
  }

  private static long status(long pid, String line) {
    Path status = Path.of("/proc/" + pid + "/status");
    try {
      return !Files.exists(status)
          ? -1
          : Files.readAllLines(status).stream()
              .filter(found -> found.startsWith(line))
              .mapToLong(found -> Long.parseLong(found.replaceAll("\\D", "")) / 1024)
              .findFirst()
              .orElse(-1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package vn.luot.bench.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
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

  /** Bytes that Redis has allocated for what it holds. */
  public static long ofRedis(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write("INFO memory\r\nQUIT\r\n".getBytes(US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      return Long.parseLong(all.replaceAll("(?s).*used_memory_dataset:(\\d+).*", "$1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package vn.luot.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What an application logs while a test runs. */
final class LogLines implements AutoCloseable {
  private static final Path OF_THE_PACKAGED = Path.of("target", "quarkus.log");

  private final Supplier<String> text;
  private final Runnable end;

  private LogLines(Supplier<String> text, Runnable end) {
    this.text = text;
    this.end = end;
  }

  static LogLines from(boolean packaged) {
    return packaged ? ofThePackaged() : ofThisProcess();
  }

  private static LogLines ofThePackaged() {
    int begin = bytes().length;
    return new LogLines(
        () -> {
          byte[] now = bytes();
          return new String(now, begin, now.length - begin, StandardCharsets.UTF_8);
        },
        () -> {});
  }

  private static byte[] bytes() {
    try {
      return Files.readAllBytes(OF_THE_PACKAGED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LogLines ofThisProcess() {
    StringJoiner lines = new StringJoiner("\n");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            synchronized (lines) {
              lines.add(line.getLoggerName() + " " + line.getMessage() + " " + line.getThrown());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    return new LogLines(
        () -> {
          synchronized (lines) {
            return lines.toString();
          }
        },
        () -> root.removeHandler(handler));
  }

  String text() {
    return text.get();
  }

  @Override
  public void close() {
    end.run();
  }
}

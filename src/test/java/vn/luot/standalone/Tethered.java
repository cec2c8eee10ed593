package vn.luot.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that ends when this JVM ends, however that happens, so that nothing is left behind. */
public final class Tethered {
  /*
   * $1 the signal that asks the process to stop, $2 the file for its process id, then the command.
   *
   * Standard input is a pipe held by the JVM. A line on it is the number of seconds the process has
   * to stop; its end without a line means that the JVM is gone. The shell waits for the process
   * itself, so its exit status is the process's and no zombie hides that it has ended.
   */
  private static final String SCRIPT =
      """
      signal=$1 pidfile=$2
      shift 2
      exec 3<&0 </dev/null
      "$@" 3<&- &
      pid=$!
      echo $pid >"$pidfile"
      (
        read -r seconds <&3 || seconds=5
        kill -"$signal" $pid
        while [ "$seconds" -gt 0 ] && kill -0 $pid; do
          sleep 1
          seconds=$((seconds - 1))
        done
        kill -KILL $pid
      ) >/dev/null 2>&1 &
      watch=$!
      exec 3<&-
      wait $pid
      status=$?
      kill $watch 2>/dev/null
      rm -f "$pidfile"
      exit $status
      """;

  private final Process shell;
  private final ProcessHandle handle;

  private Tethered(Process shell, ProcessHandle handle) {
    this.shell = shell;
    this.handle = handle;
  }

  /** Starts the builder's command; its environment, directory and outputs are kept. */
  public static Tethered start(ProcessBuilder command, String stopSignal, Path pidFile) {
    var wrapped = new ArrayList<String>();
    // A session of its own: Ctrl+C in the terminal must not reach it, its stop has an order.
    if (Command.exists("setsid")) {
      wrapped.add("setsid");
    }
    wrapped.addAll(List.of("sh", "-c", SCRIPT, "tethered", stopSignal));
    // The process may have another directory than this JVM.
    wrapped.add(pidFile.toAbsolutePath().toString());
    wrapped.addAll(command.command());
    try {
      Files.deleteIfExists(pidFile);
      var shell = command.command(wrapped).redirectInput(ProcessBuilder.Redirect.PIPE).start();
      return new Tethered(shell, handle(shell, pidFile));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessHandle handle(Process shell, Path pidFile) throws IOException {
    while (shell.isAlive()) {
      var written = Files.exists(pidFile) ? Files.readString(pidFile) : "";
      if (written.endsWith("\n")) {
        return ProcessHandle.of(Long.parseLong(written.strip())).orElse(shell.toHandle());
      }
      Command.pause();
    }
    return shell.toHandle();
  }

  public ProcessHandle handle() {
    return handle;
  }

  public boolean isAlive() {
    return shell.isAlive();
  }

  /** Waits for the process to end and returns its exit status (128 + signal if one ended it). */
  int join() throws InterruptedException {
    return shell.waitFor();
  }

  /** Asks the process to stop and kills it when the grace is over; returns when it has ended. */
  public void stop(Duration grace) {
    try (OutputStream pipe = shell.getOutputStream()) {
      pipe.write((grace.toSeconds() + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException alreadyEnded) {
      // The pipe has no reader any more: nothing to stop.
    }
    awaitEnd(grace.plusSeconds(5));
  }

  public void awaitEnd(Duration limit) {
    try {
      if (!shell.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        handle.destroyForcibly();
        shell.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

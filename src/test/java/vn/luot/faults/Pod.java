package vn.luot.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import vn.luot.standalone.Artifact;
import vn.luot.standalone.Ports;
import vn.luot.standalone.Tethered;

/** The packaged application in a process of its own, on ports that it keeps over restarts. */
public final class Pod implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_GRACE = Duration.ofSeconds(15);
  private static final int PROBE_MILLIS = 5_000;

  private final int port = Ports.free();
  private final int managementPort = Ports.free();
  private final Path directory;
  private final Artifact artifact;
  private final List<String> jvmOptions;
  private final Map<String, String> settings;
  private Tethered process;

  private Pod(
      Path directory, Artifact artifact, List<String> jvmOptions, Map<String, String> settings) {
    this.directory = directory;
    this.artifact = artifact;
    this.jvmOptions = jvmOptions;
    this.settings = settings;
  }

  /**
   * Starts the native executable where that was built, else the jar.
   *
   * @param directory where its log goes, named after its port
   * @param application the directory of {@code quarkus-run.jar}
   * @param settings environment variables
   */
  public static Pod start(Path directory, Path application, Map<String, String> settings) {
    return start(directory, application, settings, List.of());
  }

  /** The same with further options of the JVM, where there is one. */
  public static Pod start(
      Path directory, Path application, Map<String, String> settings, List<String> jvmOptions) {
    return start(directory, Artifact.in(application.getParent()), settings, jvmOptions);
  }

  /** The same of any version. */
  static Pod start(
      Path directory, Artifact artifact, Map<String, String> settings, List<String> jvmOptions) {
    Pod pod = new Pod(directory, artifact, withUsual(jvmOptions), settings);
    pod.start();
    return pod;
  }

  private static List<String> withUsual(List<String> jvmOptions) {
    List<String> options = new ArrayList<>(jvmOptions);
    // As in the image, whose container has 640 MiB.
    options.addAll(
        List.of(
            // The last of these is not known to every JDK 17.
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-Xms80m",
            "-Xmx256m",
            "-XX:NewSize=20m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:MinHeapFreeRatio=15",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:MetaspaceSize=96m",
            "-XX:TrimNativeHeapInterval=10000"));
    options.addAll(List.of(System.getProperty("luot.pod.jvm", "").strip().split(" +")));
    options.removeIf(String::isEmpty);
    return options;
  }

  /** Begins to start; {@link #awaitStarted} says when it answers. */
  public void start() {
    ProcessBuilder builder = artifact.process(jvmOptions).redirectErrorStream(true);
    builder.environment().putAll(settings);
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    Path log = directory.resolve("pod-" + port + ".log");
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process = Tethered.start(builder, "TERM", directory.resolve("pod-" + port + ".pid"));
  }

  public void awaitStarted() {
    awaitAnswer(managementPort, "/q/health/started");
  }

  /** Waits until it knows a site of this name. */
  public void awaitSite(String slug) {
    awaitAnswer(port, "/v1/sites/" + slug + "/methodology");
  }

  private static void awaitAnswer(int port, String path) {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    Awaitility.await(address.toString()).atMost(START_LIMIT).until(() -> answers(address));
  }

  private static boolean answers(URI address) {
    try {
      return connect(address).getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static HttpURLConnection connect(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(PROBE_MILLIS);
    connection.setReadTimeout(PROBE_MILLIS);
    // As a browser that reads from where the page came; the JDK does not let one set Origin.
    connection.setRequestProperty("Referer", FreshSite.ORIGIN + "/");
    return connection;
  }

  /** What its metrics say, as a whole number. */
  public long metric(String name) {
    URI address = URI.create("http://127.0.0.1:" + managementPort + "/q/metrics");
    try (InputStream metrics = connect(address).getInputStream()) {
      return new String(metrics.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of memory it has in use. */
  long memory() {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException notLinux) {
      return 0;
    }
  }

  /** Files and sockets it has open. */
  long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      return open.count();
    } catch (IOException notLinux) {
      return 0;
    }
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** SIGKILL. */
  public void kill() {
    process.handle().destroyForcibly();
    process.awaitEnd(STOP_GRACE);
  }

  /** SIGSTOP, or SIGCONT. */
  void freeze(boolean frozen) {
    signal(frozen ? "-STOP" : "-CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(pid())).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** SIGTERM, and SIGKILL where that does not end it. */
  public void stop() {
    process.stop(STOP_GRACE);
  }

  public int port() {
    return port;
  }

  public int managementPort() {
    return managementPort;
  }

  public long pid() {
    return process.handle().pid();
  }

  @Override
  public void close() {
    if (isRunning()) {
      stop();
    }
  }
}

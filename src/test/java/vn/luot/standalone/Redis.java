package vn.luot.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real Redis that keeps what it acknowledged, as production does: AOF, nothing evicted. */
public final class Redis extends Store {
  private final Path program;
  private final Path data;
  private final List<String> settings;

  private Redis(Path directory, int port, List<String> settings) {
    super(directory, "redis", port);
    this.program = Binaries.redis(Binaries.cache());
    this.data = directory.resolve("redis");
    this.settings = settings;
  }

  /**
   * Starts Redis on the data below a directory.
   *
   * @param port 0 for a free one
   * @param settings further ones as on its command line, such as {@code "--maxmemory", "4mb"}
   */
  public static Redis start(Path directory, int port, String... settings) {
    var redis = new Redis(directory.toAbsolutePath(), port, List.of(settings));
    redis.restart();
    return redis;
  }

  public String url() {
    return "redis://127.0.0.1:" + port();
  }

  @Override
  void prepare() throws IOException {
    Files.createDirectories(data);
  }

  @Override
  Path program() {
    return program;
  }

  @Override
  List<String> command() {
    var command = new ArrayList<String>();
    command.addAll(List.of(program.toString(), "--port", Integer.toString(port())));
    command.addAll(List.of("--bind", "127.0.0.1", "--dir", data.toString()));
    command.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""));
    command.addAll(List.of("--maxmemory-policy", "noeviction"));
    command.addAll(settings);
    return command;
  }

  @Override
  String readyLine() {
    return "Ready to accept connections";
  }

  @Override
  String stopSignal() {
    return "TERM";
  }
}

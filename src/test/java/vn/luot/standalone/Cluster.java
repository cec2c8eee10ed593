package vn.luot.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's data directory, made whole or not at all. */
final class Cluster {
  static final String NAME = "luot";
  private static final String PASSWORD = "luot.password";

  private final Path bin;
  private final Path data;
  private final Account account;

  Cluster(Path home, Path directory, Account account) {
    this.bin = home.resolve("bin");
    this.account = account;
    // Another major version cannot read these files, so it gets a directory of its own.
    var version = Command.output(List.of(bin.resolve("postgres").toString(), "-V"), "");
    var major = version.strip().replaceFirst(".* (\\d+)\\..*", "$1");
    this.data = directory.resolve("postgres-" + major);
  }

  Path data() {
    return data;
  }

  String password() {
    try {
      return Secret.in(data.resolve(PASSWORD));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void create() throws IOException {
    if (Files.exists(data)) {
      account.own(data);
      return;
    }
    var fresh = Files.createTempDirectory(data.getParent(), data.getFileName() + ".");
    account.own(fresh);
    // Everybody is rejected at first: anything better would make initdb ask for a password.
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--username=postgres",
                "--auth=reject",
                "--encoding=UTF8",
                "--locale=C",
                "-D",
                fresh.toString()));
    if (Integer.parseInt(data.getFileName().toString().replaceAll("\\D", "")) >= 17) {
      arguments.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    }
    run("initdb", "", arguments.toArray(String[]::new));
    Files.writeString(
        fresh.resolve("pg_hba.conf"), "host all %s 127.0.0.1/32 scram-sha-256%n".formatted(NAME));
    var sql =
        """
        CREATE ROLE %1$s LOGIN PASSWORD '%2$s';
        CREATE DATABASE %1$s OWNER %1$s;
        """
            .formatted(NAME, Secret.in(fresh.resolve(PASSWORD)));
    administer(fresh, sql);
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * There is no client among the binaries; a server without network executes these just as well.
   */
  void administer(Path data, String sql) {
    var printed = run("postgres", sql, "--single", "-D", data.toString(), "postgres");
    if (printed.contains("ERROR") || printed.contains("FATAL")) {
      throw new IllegalStateException(printed);
    }
  }

  private String run(String program, String input, String... arguments) {
    var command = new ArrayList<>(List.of(bin.resolve(program).toString()));
    command.addAll(List.of(arguments));
    return Command.output(account.runs(command), input);
  }
}

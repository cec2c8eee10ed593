package vn.luot.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real PostgreSQL with the database {@code luot}, owned by a role that is not a superuser. */
public final class Postgres extends Store {
  private final Account account;
  private final Path home;
  private final Cluster cluster;

  private Postgres(Path directory, int port, Account account, Path home) {
    super(directory, "postgres", port);
    this.account = account;
    this.home = home;
    this.cluster = new Cluster(home, account.reachable(directory), account);
  }

  /**
   * Starts PostgreSQL on the data below a directory, which is made when it is the first time.
   *
   * @param port 0 for a free one
   */
  public static Postgres start(Path directory, int port) {
    var account = Account.current();
    return start(
        new Postgres(
            directory.toAbsolutePath(),
            port,
            account,
            Binaries.postgres(account.reachable(Binaries.cache()))));
  }

  /** One that is installed: {@code home} has its {@code bin}. */
  public static Postgres installed(Path home, Path directory) {
    return start(new Postgres(directory.toAbsolutePath(), 0, Account.current(), home));
  }

  private static Postgres start(Postgres postgres) {
    postgres.restart();
    return postgres;
  }

  public String url() {
    return "postgresql://127.0.0.1:%d/%s".formatted(port(), Cluster.NAME);
  }

  public String username() {
    return Cluster.NAME;
  }

  public String password() {
    return cluster.password();
  }

  /** Makes the database anew, in another encoding than its cluster's. */
  public void makeDatabaseIn(String encoding) {
    stop();
    var made = "DROP DATABASE luot;\nCREATE DATABASE luot OWNER luot ENCODING %s%s;\n";
    var locale = " LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0";
    cluster.administer(cluster.data(), made.formatted(encoding, locale));
    restart();
  }

  @Override
  void prepare() throws IOException {
    cluster.create();
    clearLock();
  }

  /**
   * After a crash the lock names a process that is gone, or by now another one, and PostgreSQL then
   * refuses to start. What protects the data if this is wrong is its shared memory segment.
   */
  private void clearLock() throws IOException {
    var lock = cluster.data().resolve("postmaster.pid");
    if (Files.exists(lock)) {
      var pid = Files.readString(lock).lines().findFirst().orElse("").strip();
      if (pid.isEmpty() || !runs(Long.parseLong(pid), program().getFileName())) {
        Files.delete(lock);
      }
    }
  }

  @Override
  Path program() {
    return home.resolve("bin/postgres");
  }

  @Override
  List<String> command() {
    return account.runs(
        List.of(
            program().toString(),
            "-D",
            cluster.data().toString(),
            "-c",
            "port=" + port(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "timezone=UTC"));
  }

  @Override
  String readyLine() {
    // A standby says "read-only connections".
    return "database system is ready to accept";
  }

  /** Its "fast" shutdown; with TERM it would wait for its clients to leave. */
  @Override
  String stopSignal() {
    return "INT";
  }
}

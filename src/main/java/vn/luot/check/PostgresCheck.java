package vn.luot.check;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import vn.luot.connection.postgres.PostgresPool;

/** Whether what PostgreSQL commits survives it, as the sessions of the flush are set. */
@ApplicationScoped
class PostgresCheck {
  private static final int OLDEST = 150000;

  private static final String READ =
      """
      SELECT current_setting('server_version_num')::int, current_setting('synchronous_commit'),
             current_setting('fsync'), current_setting('full_page_writes'),
             pg_is_in_recovery(), current_setting('transaction_read_only'),
             (SELECT CASE WHEN rolsuper THEN -1 ELSE rolconnlimit END FROM pg_roles
              WHERE rolname = session_user)
      """;

  private final Pool pool;
  private final TotalsCheck totals;
  private final PostgresPool connections;
  private final int mostConnections;

  PostgresCheck(
      Pool pool,
      TotalsCheck totals,
      PostgresPool connections,
      @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int mostConnections) {
    this.pool = pool;
    this.totals = totals;
    this.connections = connections;
    this.mostConnections = mostConnections;
  }

  Uni<List<Finding>> findings() {
    return findings(pool, mostConnections, connections.isRefused())
        .flatMap(
            found ->
                totals
                    .findings()
                    .map(wrong -> Stream.concat(found.stream(), wrong.stream()).toList()));
  }

  /** Of one session. */
  static Uni<List<Finding>> findings(SqlClient session, int mostConnections, boolean refused) {
    return session
        .query(READ)
        .execute()
        .map(rows -> findings(rows.iterator().next(), mostConnections, refused));
  }

  private static List<Finding> findings(Row settings, int mostConnections, boolean refused) {
    List<Finding> found = new ArrayList<>();
    if (settings.getInteger(0) < OLDEST) {
      found.add(new Finding("postgres-version", "PostgreSQL is older than 15."));
    }
    mustNotBeOff(found, "synchronous_commit", settings.getString(1));
    mustNotBeOff(found, "fsync", settings.getString(2));
    mustNotBeOff(found, "full_page_writes", settings.getString(3));
    if (settings.getBoolean(4)) {
      found.add(
          new Finding(
              "postgres-standby",
              "The connection leads to a standby, which takes no writes; let the name lead to the"
                  + " primary."));
    } else if (settings.getString(5).equals("on")) {
      found.add(
          new Finding(
              "postgres-read-only",
              "PostgreSQL takes no writes: default_transaction_read_only is on; set off."));
    }
    mustReach(found, settings.getInteger(6), mostConnections, refused);
    return found;
  }

  /**
   * {@code allowed} is negative where there is no limit; {@code refused} says whether another
   * connection was.
   */
  static void mustReach(List<Finding> found, int allowed, int mostConnections, boolean refused) {
    if (allowed >= 0 && allowed < mostConnections) {
      found.add(
          new Finding(
              "postgres-connections",
              "PostgreSQL gives this role %d connections, and each pod opens up to %d; who needs one waits until one is free. Set quarkus.datasource.reactive.max-size to at most %d divided by the pods."
                  .formatted(allowed, mostConnections, allowed)));
    } else if (refused) {
      found.add(
          new Finding(
              "postgres-connections",
              "PostgreSQL refuses another connection, and who needs one waits until one is free. Raise max_connections, or lower quarkus.datasource.reactive.max-size from %d."
                  .formatted(mostConnections)));
    }
  }

  private static void mustNotBeOff(List<Finding> found, String setting, String value) {
    if (value.equals("off")) {
      found.add(
          new Finding(
              "postgres-" + setting.replace('_', '-'),
              setting + " is off: a crash loses what Redis was told to forget; set on."));
    }
  }
}

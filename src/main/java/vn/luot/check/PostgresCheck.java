package vn.luot.check;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import vn.luot.check.StoreChecks.Finding;
import vn.luot.connection.postgres.PostgresPool;

/**
 * Whether what PostgreSQL commits survives it, as the sessions of the flush are set; and what a
 * restore may leave: totals that are not the sums of their rows, which is asked of some days of
 * some sites, and rows of no site.
 */
@Singleton
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

  /**
   * Days by chance, so that in the end all are looked at: those of some of the table's pages. The
   * first of them where PostgreSQL has not yet counted its rows.
   */
  private static final String READ_TOTALS =
      """
      SELECT count(*), count(*) FILTER (WHERE (t.views, t.visits) <> (r.views, r.visits)),
        (SELECT count(*) FROM site_total AS s
         WHERE NOT EXISTS (SELECT FROM site WHERE id IN (s.site_id, s.site_id - 1073741824)))
      FROM (
        SELECT * FROM daily_total TABLESAMPLE SYSTEM (
          (SELECT least(100, 100.0 * $1::int / greatest(1, reltuples)) FROM pg_class WHERE oid = 'daily_total'::regclass))
        LIMIT $1) AS t
      CROSS JOIN LATERAL (
        SELECT coalesce(sum_up(views), 0) AS views, coalesce(sum_up(visits), 0) AS visits
        FROM hourly_views AS h WHERE h.site_id = t.site_id AND h.day = t.day) AS r
      """;

  private static final int DAYS = 500;

  private static final long TOTALS_EVERY_NANOS = Duration.ofHours(1).toNanos();

  private final Pool pool;
  private final PostgresPool connections;
  private final int mostConnections;
  private volatile List<Finding> ofTotals = List.of();
  private volatile long totalsAt = System.nanoTime() - TOTALS_EVERY_NANOS;

  PostgresCheck(
      Pool pool,
      PostgresPool connections,
      @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int mostConnections) {
    this.pool = pool;
    this.connections = connections;
    this.mostConnections = mostConnections;
  }

  Uni<List<Finding>> findings() {
    return findings(pool, mostConnections, connections.isRefused())
        .flatMap(
            found -> totals().map(wrong -> Stream.concat(found.stream(), wrong.stream()).toList()));
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

  private Uni<List<Finding>> totals() {
    return ofTotals.isEmpty() && System.nanoTime() - totalsAt < TOTALS_EVERY_NANOS
        ? Uni.createFrom().item(ofTotals)
        :
        // Before there are tables: whether PostgreSQL can be asked, others say.
        totals(DAYS).onFailure().recoverWithItem(List.of());
  }

  Uni<List<Finding>> totals(int days) {
    return pool.preparedQuery(READ_TOTALS)
        .execute(Tuple.of(days))
        .map(rows -> ofTotals(rows.iterator().next()))
        .invoke(
            found -> {
              ofTotals = found;
              totalsAt = System.nanoTime();
            });
  }

  private static List<Finding> ofTotals(Row counts) {
    List<Finding> found = new ArrayList<>();
    if (counts.getLong(1) > 0) {
      found.add(
          new Finding(
              "postgres-totals",
              "%d of %d totals looked at are not the sum of their rows: run luot recount once."
                  .formatted(counts.getLong(1), counts.getLong(0))));
    }
    if (counts.getLong(2) > 0) {
      found.add(
          new Finding(
              "postgres-orphans",
              "%d sites with numbers are not registered: restore the newer backup that knows them, or run luot sweep."
                  .formatted(counts.getLong(2))));
    }
    return found;
  }
}

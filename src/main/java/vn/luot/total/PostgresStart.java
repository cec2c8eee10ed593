package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Which start of PostgreSQL this is. One that was restored from a copy, or took over from another,
 * may lack what was committed before; while it runs on, it lacks nothing.
 */
@ApplicationScoped
public class PostgresStart {
  private static final String READ =
      "SELECT extract(epoch FROM pg_postmaster_start_time()) * 1000000";

  private final Pool pool;

  PostgresStart(Pool pool) {
    this.pool = pool;
  }

  /** Microseconds of Unix time. */
  public Uni<Long> read() {
    return pool.query(READ).execute().map(rows -> rows.iterator().next().getLong(0));
  }
}

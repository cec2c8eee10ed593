package vn.luot.quarantine;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is usual for the sites that keep bursts apart, read beside their hits and never waited for.
 * All pods read the same rows. One entry a site, so the registry bounds what is kept.
 */
@Singleton
public class UsualViews {
  /** Not what was removed as a detail (epoch 0), nor what came from quarantine (below 0). */
  private static final String USUAL =
      """
      SELECT count(*)::integer, coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY busiest), 0)
      FROM (
        SELECT max(views) AS busiest FROM (
          SELECT day, sum(views) AS views FROM hourly_views
          WHERE site_id = $1 AND day BETWEEN $2 AND $3 AND epoch > 0 GROUP BY day, hour) AS hours
        WHERE views > 0 GROUP BY day) AS days
      """;

  /** While it is not known at all. */
  private static final long RETRY = Duration.ofSeconds(10).toNanos();

  private final Pool pool;
  private final QuarantineConfig config;
  private final Clock clock;
  private final long readEvery;
  private final Map<Integer, Read> bySite = new ConcurrentHashMap<>();

  UsualViews(Pool pool, QuarantineConfig config, Clock clock) {
    this.pool = pool;
    this.config = config;
    this.clock = clock;
    this.readEvery = config.readEvery().toNanos();
  }

  /** {@code usual} is null while the first reading is under way or has failed. */
  private record Read(@Nullable UsualRate usual, long at) {}

  /** Null where it is not known; then and now and then it is read, for those who ask later. */
  @Nullable UsualRate known(int site, ZoneId zone) {
    Read last = bySite.get(site);
    long now = System.nanoTime();
    if (last == null || now - last.at > (last.usual == null ? RETRY : readEvery)) {
      bySite.put(site, new Read(last == null ? null : last.usual, now));
      read(site, zone)
          .subscribe()
          .with(
              done -> {}, e -> Log.warnf("What is usual for site %d cannot be read: %s", site, e));
    }
    return last == null ? null : last.usual;
  }

  /** As PostgreSQL has it; from then on this pod judges by it. */
  public Uni<UsualRate> read(int site, ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    return pool.preparedQuery(USUAL)
        .execute(Tuple.of(site, today.minusDays(config.days()), today.minusDays(1)))
        .map(rows -> usual(rows.iterator().next()))
        .invoke(usual -> bySite.put(site, new Read(usual, System.nanoTime())));
  }

  private UsualRate usual(Row row) {
    int days = row.getInteger(0);
    return new UsualRate(days, row.getDouble(1), days >= config.daysNeeded());
  }

  /**
   * What is usual for a site, so far as it is known.
   *
   * @param days days with views among those looked at
   * @param busiestHour views of the busiest hour of a day: the median over the days, which one odd
   *     day does not move
   * @param enough whether the site has been counting for long enough to be judged
   */
  public record UsualRate(int days, double busiestHour, boolean enough) {
    private static final int MINUTES = 60;

    /** Views a minute beyond which they are a burst; 0 where nothing is. */
    public double mostPerMinute(int factor, int above) {
      return factor > 0 && enough ? Math.max(above, factor * busiestHour / MINUTES) : 0;
    }
  }
}

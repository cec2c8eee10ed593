package vn.luot.admin.numbers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import vn.luot.admin.call.Taken;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.flush.SiteFlush;
import vn.luot.setting.Allowed;
import vn.luot.site.Site;

/** Reads a site's numbers from PostgreSQL, after what Redis still held of them got there. */
@Singleton
public record Numbers(Pool pool, SiteFlush flush, Config config, Taken taken) {
  /** Reads after a flush. {@code read} is given the moment since when the numbers are complete. */
  public <T> Uni<T> fresh(Site site, Function<OffsetDateTime, Uni<T>> read) {
    return fresh(site.id(), site.zone(), read);
  }

  /** The same of a site's quarantine, which has an id of its own. */
  public <T> Uni<T> fresh(int id, ZoneId zone, Function<OffsetDateTime, Uni<T>> read) {
    Context loop = Vertx.currentContext();
    // Mutiny loses a cancellation that comes before an inner subscription, as that to a flush that
    // others began may be, or from another thread: then it would read for nobody.
    return Uni.createFrom()
        .voidItem()
        .flatMap(begin -> flush.flush(id))
        .map(
            moment ->
                moment == null
                    ? null
                    : moment.atZone(zone).toOffsetDateTime().truncatedTo(ChronoUnit.MILLIS))
        .emitOn(next -> onLoop(loop, next))
        .flatMap(asOf -> read.apply(asOf));
  }

  /** That of the call, if there is one. */
  private static void onLoop(Context loop, Runnable next) {
    if (loop == null) {
      next.run();
    } else {
      loop.runOnContext(now -> next.run());
    }
  }

  /** Cancelled in PostgreSQL where it takes too long or its caller has gone. */
  public Uni<RowSet<Row>> query(String sql, Tuple values) {
    return readable(
        Uni.createFrom()
            .emitter(
                caller -> {
                  Lease lease = Lease.of(pool.getDelegate());
                  caller.onTermination(lease::leave);
                  taken.whenOver(lease::leave);
                  lease
                      .run(made -> made.preparedQuery(sql).execute(values.getDelegate()))
                      .onSuccess(rows -> caller.complete(RowSet.newInstance(rows, Row.__TYPE_ARG)))
                      .onFailure(caller::fail);
                }));
  }

  /** Refused with 503 where PostgreSQL does not answer. */
  public <T> Uni<T> readable(Uni<T> reading) {
    return PostgresAnswer.read(reading, config.giveUpAfter());
  }

  /** Settings of how owners read numbers. */
  @ConfigMapping(prefix = "luot.numbers")
  public interface Config {
    /** When PostgreSQL is taken not to answer; longer than any query of a large site. */
    @WithDefault("10s")
    @WithConverter(Allowed.SomeTime.class)
    Duration giveUpAfter();

    /** How often is looked for sites whose pages' past totals are due. */
    @WithConverter(Allowed.SomeTime.class)
    Duration pastTotalsEvery();

    /**
     * Rows by page and day without a past total, at least: as many are read in some milliseconds,
     * so that small sites need none.
     */
    @WithDefault("20000")
    @WithConverter(Allowed.FromZero.class)
    int pastTotalRows();

    /** Points of a series: more than a chart can show, and more than a year of hours. */
    @WithDefault("10000")
    @WithConverter(Allowed.FromOne.class)
    int mostPoints();
  }
}

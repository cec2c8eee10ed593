package vn.luot.admin.upkeep;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import vn.luot.connection.Unis;
import vn.luot.flush.DayClearing;
import vn.luot.setting.Allowed;
import vn.luot.site.Site;
import vn.luot.site.registry.RegistryUnknown;

/**
 * Deletes what is left of sites whose deletion was asked for. Their last hits are flushed like any
 * others, so that nothing of them stays in Redis; then PostgreSQL's rows go. Broken off, or done by
 * two pods at once, it is simply done again.
 */
@Singleton
record SiteDeletion(Pool pool, DayClearing redis, Config config) {
  private static final String DUE =
      "SELECT id FROM site WHERE deleted_at < now() - make_interval(secs => $1) ORDER BY id";

  /** Whatever table is added one day: what belongs to a site says so in a column site_id. */
  private static final String TABLES =
      """
      SELECT c.table_name FROM information_schema.columns AS c
      JOIN information_schema.tables AS t USING (table_schema, table_name)
      WHERE c.table_schema = current_schema() AND c.column_name = 'site_id' AND t.table_type = 'BASE TABLE'
      ORDER BY 1
      """;

  private static final String DELETE =
      """
      DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE site_id = ANY ($1) LIMIT $2))
      """;

  @Scheduled(
      every = "{luot.admin.delete-every}",
      delayed = "10s",
      skipExecutionIf = RegistryUnknown.class,
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> deleteDue() {
    return pool.preparedQuery(DUE)
        .execute(Tuple.of((double) config.deleteAfter().toSeconds()))
        .flatMap(sites -> Unis.inTurn(sites, row -> delete(row.getInteger(0))))
        .plug(
            Unis.orNull(
                e ->
                    Log.warnf("Sites could not be deleted and will be again: %s", e.getMessage())));
  }

  private Uni<Void> delete(int site) {
    return redis
        .clearSite(site)
        .flatMap(
            clean -> redis.clearSite(Site.quarantineId(site)).map(cleanToo -> clean && cleanToo))
        .flatMap(clean -> clean ? deleteRows(site) : Uni.createFrom().voidItem())
        .invoke(() -> Log.debugf("Site %d is being deleted", site));
  }

  /**
   * Everything that PostgreSQL has of a site and of its quarantine; the site's row last: while it
   * is there, the rest is tried again.
   */
  private Uni<Void> deleteRows(int site) {
    return pool.query(TABLES)
        .execute()
        .flatMap(rows -> Unis.inTurn(rows, row -> deleteFrom(row.getString(0), site)))
        .flatMap(
            done -> pool.preparedQuery("DELETE FROM site WHERE id = $1").execute(Tuple.of(site)))
        .replaceWithVoid();
  }

  private Uni<Void> deleteFrom(String table, int site) {
    Tuple values = Tuple.of(new Integer[] {site, Site.quarantineId(site)}, config.deleteAtOnce());
    return Unis.inChunks(
        config.deleteAtOnce(),
        () -> pool.preparedQuery(DELETE.formatted(table)).execute(values).map(RowSet::rowCount));
  }

  /** Settings of how a site goes. */
  @ConfigMapping(prefix = "luot.admin")
  interface Config {
    /** How often sites that are to be deleted are looked for. */
    @WithConverter(Allowed.SomeTime.class)
    Duration deleteEvery();

    /**
     * How long no pod may have known a site before its data are deleted: hits may be on their way.
     */
    @WithDefault("1m")
    @WithConverter(Allowed.SomeTimeOrNone.class)
    Duration deleteAfter();

    /** Rows deleted by one statement, so that none of them holds locks for long. */
    @WithDefault("20000")
    @WithConverter(Allowed.FromOne.class)
    int deleteAtOnce();
  }
}

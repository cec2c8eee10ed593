package vn.luot.admin.deletion;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import vn.luot.connection.Unis;
import vn.luot.connection.postgres.Rows;
import vn.luot.site.Site;

/** Everything that PostgreSQL has of a site and of its quarantine. */
@Singleton
record SiteData(Pool pool, DeletionConfig config) {
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

  /** Sites whose deletion was asked for so long ago. */
  Uni<List<Integer>> due(Duration since) {
    return pool.preparedQuery(DUE)
        .execute(Tuple.of((double) since.toSeconds()))
        .map(rows -> Rows.list(rows, row -> row.getInteger(0)));
  }

  /** Deletes the site's row last: while it is there, the rest is tried again. */
  Uni<Void> delete(int site) {
    return pool.query(TABLES)
        .execute()
        .flatMap(rows -> Unis.inTurn(rows, row -> deleteFrom(row.getString(0), site)))
        .flatMap(
            done -> pool.preparedQuery("DELETE FROM site WHERE id = $1").execute(Tuple.of(site)))
        .replaceWithVoid();
  }

  private Uni<Integer> deleteFrom(String table, int site) {
    Integer[] numbers = {site, Site.quarantineId(site)};
    return Uni.createFrom()
        .deferred(
            () ->
                pool.preparedQuery(DELETE.formatted(table))
                    .execute(Tuple.of(numbers, config.deleteAtOnce())))
        .map(rows -> rows.rowCount())
        .repeat()
        .until(deleted -> deleted < config.deleteAtOnce())
        .collect()
        .last();
  }
}

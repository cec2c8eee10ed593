package vn.luot.total.vote;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.luot.connection.postgres.Rows;

/** The votes in PostgreSQL: one row per voter and page. */
@Singleton
public record Votes(Pool pool) {
  /** Why a vote is held that an owner removed: whatever its voter does, it is not counted. */
  public static final String REMOVED = "removed";

  /**
   * The highest revision wins, so merging a vote again, late or twice changes nothing. What an
   * owner removed stays so, and what counts goes on to count.
   */
  private static final String MERGE =
      """
      INSERT INTO vote AS v (site_id, page, voter, stars, held, revision, changed_at)
      SELECT $1, $2, r.voter, r.stars, nullif(r.held, ''), r.revision, to_timestamp(r.revision / 1e6)
      FROM unnest($3::uuid[], $4::smallint[], $5::text[], $6::bigint[]) AS r (voter, stars, held, revision)
      ORDER BY r.voter
      ON CONFLICT (site_id, page, voter) DO UPDATE
      SET stars = excluded.stars, revision = excluded.revision,
          changed_at = excluded.changed_at,
          held = CASE WHEN v.held = 'removed' THEN v.held
                      WHEN v.held IS NULL AND v.stars > 0 THEN NULL
                      ELSE excluded.held END
      WHERE excluded.revision > v.revision
      """;

  /**
   * One vote.
   *
   * @param stars 1 to 5, or 0 where it is withdrawn
   * @param held why it is kept apart and not counted, or empty
   * @param revision microseconds of Unix time, growing with every change of this vote
   */
  public record Row(UUID voter, short stars, String held, long revision) {}

  /** The revisions of those of these voters who have a vote for the page. */
  public Uni<Map<UUID, Long>> revisions(int site, long page, Collection<UUID> voters) {
    return pool.preparedQuery(
            "SELECT voter, revision FROM vote WHERE site_id = $1 AND page = $2 AND voter = ANY($3)")
        .execute(Tuple.of(site, page, voters.toArray(UUID[]::new)))
        .map(rows -> Rows.map(rows, row -> row.getUUID(0), row -> row.getLong(1)));
  }

  public Uni<Void> merge(int site, long page, List<Row> rows) {
    if (rows.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Row> sorted =
        rows.stream().sorted(Comparator.comparing(row -> row.voter().toString())).toList();
    Tuple columns =
        Tuple.tuple()
            .addInteger(site)
            .addLong(page)
            .addValue(sorted.stream().map(Row::voter).toArray(UUID[]::new))
            .addValue(sorted.stream().map(Row::stars).toArray(Short[]::new))
            .addValue(sorted.stream().map(Row::held).toArray(String[]::new))
            .addValue(sorted.stream().map(Row::revision).toArray(Long[]::new));
    return pool.preparedQuery(MERGE).execute(columns).replaceWithVoid();
  }
}

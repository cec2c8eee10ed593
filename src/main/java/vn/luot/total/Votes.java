package vn.luot.total;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.luot.connection.postgres.Rows;

/**
 * The votes in PostgreSQL, one row per voter and page, and the ratings: triggers keep their sums.
 */
@Singleton
public record Votes(Pool pool) {
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
  public record Vote(UUID voter, short stars, String held, long revision) {}

  /** The revisions of those of these voters who have a vote for the page. */
  public Uni<Map<UUID, Long>> revisions(int site, long page, Collection<UUID> voters) {
    return pool.preparedQuery(
            "SELECT voter, revision FROM vote WHERE site_id = $1 AND page = $2 AND voter = ANY($3)")
        .execute(Tuple.of(site, page, voters.toArray(UUID[]::new)))
        .map(rows -> Rows.map(rows, row -> row.getUUID(0), row -> row.getLong(1)));
  }

  public Uni<Void> merge(int site, long page, List<Vote> rows) {
    if (rows.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Vote> sorted =
        rows.stream().sorted(Comparator.comparing(row -> row.voter().toString())).toList();
    Tuple columns =
        Tuple.tuple()
            .addInteger(site)
            .addLong(page)
            .addValue(sorted.stream().map(Vote::voter).toArray(UUID[]::new))
            .addValue(sorted.stream().map(Vote::stars).toArray(Short[]::new))
            .addValue(sorted.stream().map(Vote::held).toArray(String[]::new))
            .addValue(sorted.stream().map(Vote::revision).toArray(Long[]::new));
    return pool.preparedQuery(MERGE).execute(columns).replaceWithVoid();
  }

  private static final String LOAD_OPENINGS =
      """
      SELECT k.page, coalesce(b.rating_count, 0), coalesce(b.rating_sum, 0)
      FROM unnest($2::bigint[]) AS k (page)
      LEFT JOIN baseline AS b ON b.site_id = $1 AND b.page = k.page
      """;

  private static final String LOAD =
      """
      SELECT k.page, coalesce(one, 0), coalesce(two, 0), coalesce(three, 0), coalesce(four, 0), coalesce(five, 0)
      FROM unnest($2::bigint[]) AS k (page)
      LEFT JOIN rating_total AS t ON t.site_id = $1 AND t.page = k.page
      """;

  /** One row in one snapshot, whether or not there is a rating or a vote. */
  private static final String LOAD_WITH_VOTE =
      """
      SELECT $2::bigint, coalesce(one, 0), coalesce(two, 0),
             coalesce(three, 0), coalesce(four, 0), coalesce(five, 0),
             CASE WHEN v.held IS NULL THEN coalesce(v.stars, 0) ELSE 0 END, coalesce(v.revision, 0),
             coalesce(v.held, ''),
             EXISTS (SELECT FROM page_total WHERE site_id = $1 AND page = $2)
               OR EXISTS (SELECT FROM page WHERE site_id = $1 AND page = $2)
               OR EXISTS (SELECT FROM baseline WHERE site_id = $1 AND page = $2)
      FROM (VALUES (1)) AS one_row (n)
      LEFT JOIN rating_total AS t ON t.site_id = $1 AND t.page = $2
      LEFT JOIN vote AS v ON v.site_id = $1 AND v.page = $2 AND v.voter = $3
      """;

  /**
   * A rating, and what one voter has in it.
   *
   * @param stars what is counted of the voter, or 0
   * @param revision of the voter's vote, or 0 where there never was one
   * @param held why the vote is held, or empty
   * @param pageKnown whether the page was viewed, or has an opening balance
   */
  public record WithVote(Stars rating, int stars, long revision, String held, boolean pageKnown) {}

  /** By page key, for every page asked for. */
  public Uni<Map<Long, Stars>> ratings(int site, List<Long> pages) {
    return pool.preparedQuery(LOAD)
        .execute(Tuple.of(site, pages.toArray(Long[]::new)))
        .map(rows -> Rows.map(rows, row -> row.getLong(0), Votes::stars));
  }

  public Uni<WithVote> rating(int site, long page, UUID voter) {
    return pool.preparedQuery(LOAD_WITH_VOTE)
        .execute(Tuple.of(site, page, voter))
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new WithVote(
                    stars(row),
                    row.getInteger(6),
                    row.getLong(7),
                    row.getString(8),
                    row.getBoolean(9)));
  }

  /** Zeros where there is no opening balance. */
  public record Opening(long count, long sum) {}

  /** By page key, for every page asked for. */
  public Uni<Map<Long, Opening>> openings(int site, List<Long> pages) {
    return pool.preparedQuery(LOAD_OPENINGS)
        .execute(Tuple.of(site, pages.toArray(Long[]::new)))
        .map(
            rows ->
                Rows.map(
                    rows,
                    row -> row.getLong(0),
                    row -> new Opening(row.getLong(1), row.getLong(2))));
  }

  private static Stars stars(Row row) {
    return new Stars(
        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
  }

  /** How many votes give one, two, three, four and five stars. */
  public record Stars(long one, long two, long three, long four, long five) {
    public long count() {
      return one + two + three + four + five;
    }

    public long sum() {
      return one + 2 * two + 3 * three + 4 * four + 5 * five;
    }
  }
}

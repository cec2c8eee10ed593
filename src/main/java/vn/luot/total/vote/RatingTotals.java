package vn.luot.total.vote;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.luot.connection.postgres.Rows;

/** The ratings in PostgreSQL, which triggers keep equal to the sum of the votes. */
@Singleton
public record RatingTotals(Pool pool) {
  private static final String LOAD_OPENINGS =
      """
      SELECT k.page, coalesce(b.rating_count, 0), coalesce(b.rating_sum, 0)
      FROM unnest($2::bigint[]) AS k (page)
      LEFT JOIN baseline AS b ON b.site_id = $1 AND b.page = k.page
      """;

  private static final String LOAD =
      """
      SELECT page, one, two, three, four, five FROM rating_total
      WHERE site_id = $1 AND page = ANY($2)
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

  /** By page key; pages without a rating are missing. */
  public Uni<Map<Long, Stars>> load(int site, List<Long> pages) {
    return pool.preparedQuery(LOAD)
        .execute(Tuple.of(site, pages.toArray(Long[]::new)))
        .map(rows -> Rows.map(rows, row -> row.getLong(0), RatingTotals::stars));
  }

  public Uni<WithVote> load(int site, long page, UUID voter) {
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
}

package vn.luot.admin.quarantine;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.site.Site;

/** Adds the distinct visitors of an admitted day to those of the site. */
@Singleton
record AdmittedVisitors(RedisCommands redis) {
  private static final Script UNION = Script.named("union_visitors");

  /** The quarantine's last: its number is the higher one. */
  private static final String SKETCHES =
      """
      SELECT sketch FROM daily_visitors WHERE site_id IN ($1, $2) AND day = $3
        AND EXISTS (SELECT FROM daily_visitors WHERE site_id = $2 AND day = $3)
      ORDER BY site_id FOR UPDATE
      """;

  private static final String TAKE_OVER =
      "UPDATE daily_visitors SET site_id = $1 WHERE site_id = $2 AND day = $3";

  private static final String SAVE =
      """
      UPDATE daily_visitors SET visitors = greatest(visitors, $3), sketch = $4
      WHERE site_id = $1 AND day = $2
      """;

  private static final String REMOVE = "DELETE FROM daily_visitors WHERE site_id = $1 AND day = $2";

  Uni<Void> admit(SqlConnection in, int site, LocalDate day) {
    Tuple values = Tuple.of(site, Site.quarantineId(site), day);
    return in.preparedQuery(SKETCHES)
        .execute(values)
        .flatMap(
            sketches ->
                switch (sketches.size()) {
                  case 0 -> Uni.createFrom().voidItem();
                  case 1 -> in.preparedQuery(TAKE_OVER).execute(values).replaceWithVoid();
                  default -> join(in, site, day, sketches);
                });
  }

  private Uni<Void> join(SqlConnection in, int site, LocalDate day, RowSet<Row> sketches) {
    RowIterator<Row> rows = sketches.iterator();
    Buffer own = rows.next().getBuffer(0).getDelegate();
    Buffer quarantined = rows.next().getBuffer(0).getDelegate();
    return join(site, day, own, quarantined)
        .flatMap(
            joined ->
                in.preparedQuery(SAVE)
                    .execute(Tuple.of(site, day, joined.visitors(), joined.sketch())))
        .chain(() -> in.preparedQuery(REMOVE).execute(Tuple.of(Site.quarantineId(site), day)))
        .replaceWithVoid();
  }

  private record Joined(long visitors, Buffer sketch) {}

  /**
   * Redis knows how, which need not hold the day for it. Visitors have the same ids on both sides,
   * so that nobody is counted twice.
   */
  private Uni<Joined> join(int site, LocalDate day, Buffer one, Buffer other) {
    List<String> keys =
        List.of(Keys.visitorsSaved(site, day), Keys.visitorsSaved(Site.quarantineId(site), day));
    return redis
        .run(UNION, keys, List.of(one, other))
        .map(answer -> new Joined(answer.get(0).toLong(), answer.get(1).toBuffer()));
  }
}

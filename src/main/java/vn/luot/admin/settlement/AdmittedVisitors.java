package vn.luot.admin.settlement;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import vn.luot.site.Site;

/** Adds the distinct visitors of an admitted day to those of the site. */
@ApplicationScoped
class AdmittedVisitors {
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

  private final VisitorUnion union;

  AdmittedVisitors(VisitorUnion union) {
    this.union = union;
  }

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
    return union
        .join(site, day, own, quarantined)
        .flatMap(
            joined ->
                in.preparedQuery(SAVE)
                    .execute(Tuple.of(site, day, joined.visitors(), joined.sketch())))
        .chain(() -> in.preparedQuery(REMOVE).execute(Tuple.of(Site.quarantineId(site), day)))
        .replaceWithVoid();
  }
}

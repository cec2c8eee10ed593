package vn.luot.admin.pages;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.pages.PageShown.PageOrder;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.connection.postgres.Rows;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.site.registry.Sites;

/** How pages are shown, as owners set it. */
@Singleton
record PageStore(Pool pool, Numbers numbers, Sites sites) {
  /** The site's revision grows with an update: from then on no pod shows a list it kept. */
  private static final String CHANGE =
      """
      WITH shown AS (
        INSERT INTO page AS p (site_id, page, path, title, first_seen, title_locked, hidden)
        VALUES ($1, $2, $3, $4, now(), coalesce($5, false), coalesce($6, false))
        ON CONFLICT (site_id, page) DO UPDATE
        SET title = coalesce($4, p.title), title_locked = coalesce($5, p.title_locked),
            hidden = coalesce($6, p.hidden)),
      revised AS (UPDATE site SET rules = rules WHERE id = $1)
      INSERT INTO page_change (site_id, page, path, title, title_locked, hidden, reason, changed_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  private static final String SHOWN =
      """
      SELECT p.title, p.title_locked, p.hidden, p.networks,
             c.title, c.title_locked, c.hidden, c.reason, c.changed_by, c.changed_at
      FROM (SELECT title, title_locked, hidden, networks FROM page WHERE site_id = $1 AND page = $2) AS p
      LEFT JOIN (SELECT * FROM page_change WHERE site_id = $1 AND page = $2 ORDER BY id DESC LIMIT 100) AS c
        ON true
      ORDER BY c.id DESC
      """;

  /** {@code order} is checked; {@code by} is who changes it. */
  Uni<PageShown> change(Site site, Page page, PageOrder order, String by) {
    Tuple values =
        Tuple.of(site.id(), page.key(), page.path(), order.title())
            .addBoolean(order.titleLocked())
            .addBoolean(order.hidden())
            .addString(order.reason())
            .addString(by);
    return PostgresAnswer.write(pool.preparedQuery(CHANGE).execute(values))
        .call(() -> sites.refresh())
        .chain(() -> read(site, page));
  }

  Uni<PageShown> read(Site site, Page page) {
    return numbers
        .query(SHOWN, Tuple.of(site.id(), page.key()))
        .map(
            rows -> {
              PageShown shown = null;
              List<PageShown.Change> changes = new ArrayList<>();
              for (Row row : rows) {
                if (row.getString(8) != null) {
                  changes.add(change(row, site.zone()));
                }
                shown = shown(row, page, changes);
              }
              if (shown == null) {
                throw Refusal.of(Reason.NOT_FOUND, "Nobody viewed this page yet.");
              }
              return shown;
            });
  }

  private static PageShown shown(Row row, Page page, List<PageShown.Change> changes) {
    return new PageShown(
        page.path(),
        row.getString(0),
        row.getBoolean(1),
        row.getBoolean(2),
        row.getInteger(3),
        changes);
  }

  private static PageShown.Change change(Row row, ZoneId zone) {
    return new PageShown.Change(
        row.getString(4),
        row.getBoolean(5),
        row.getBoolean(6),
        row.getString(7),
        row.getString(8),
        Rows.moment(row, 9, zone));
  }
}

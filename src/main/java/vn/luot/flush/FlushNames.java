package vn.luot.flush;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.Store;
import vn.luot.total.PageNames;

/** Takes the names of a site's pages to PostgreSQL, before the views that refer to them. */
@ApplicationScoped
class FlushNames {
  private final Store store;
  private final PageNames totals;
  private final Confirm confirm;
  private final FlushConfig config;

  FlushNames(Store store, PageNames totals, Confirm confirm, FlushConfig config) {
    this.store = store;
    this.totals = totals;
    this.confirm = confirm;
    this.config = config;
  }

  Uni<Void> flush(int site, Stride stride) {
    return Portion.takeAll(
        stride,
        cursor -> read(site, cursor, stride.size()),
        found -> take(site, found),
        found -> confirm(site, found));
  }

  private Uni<Portion<Response>> read(int site, String cursor, int size) {
    Request request =
        Request.cmd(Command.HSCAN).arg(Keys.names(site)).arg(cursor).arg("COUNT").arg(size);
    return Futures.uni(() -> store.send(request)).map(found -> Portion.of(found, found.get(1)));
  }

  private Uni<Void> take(int site, Response pagesAndNames) {
    List<PageNames.Row> rows = new ArrayList<>();
    for (int i = 0; i < pagesAndNames.size(); i += 2) {
      rows.add(row(pagesAndNames.get(i).toString(), pagesAndNames.get(i + 1).toString()));
    }
    return totals.merge(site, rows).ifNoItem().after(config.giveUpAfter()).fail();
  }

  private Uni<Void> confirm(int site, Response pagesAndNames) {
    List<Object> flushed = new ArrayList<>(pagesAndNames.size());
    pagesAndNames.forEach(part -> flushed.add(part.toString()));
    return confirm.names(site, flushed);
  }

  /** A name is {@code ms\npath\ntitle}; neither path nor title has line ends. */
  private static PageNames.Row row(String page, String name) {
    String[] parts = name.split("\n", 3);
    return new PageNames.Row(Long.parseLong(page), parts[1], parts[2], Long.parseLong(parts[0]));
  }
}

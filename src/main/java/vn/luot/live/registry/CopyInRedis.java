package vn.luot.live.registry;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.Store;
import vn.luot.site.SitesCopy;

/** Hits need Redis anyway, so the registry is there when PostgreSQL is not. */
@ApplicationScoped
class CopyInRedis implements SitesCopy {
  private final Store store;

  CopyInRedis(Store store) {
    this.store = store;
  }

  @Override
  public Uni<Void> keep(String rows) {
    return Futures.uni(() -> store.send(Request.cmd(Command.SET).arg(Keys.sites()).arg(rows)))
        .replaceWithVoid();
  }

  @Override
  public Uni<String> kept() {
    return Futures.uni(() -> store.send(Request.cmd(Command.GET).arg(Keys.sites())))
        .map(rows -> rows == null ? null : rows.toString());
  }
}

package vn.luot.live;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import vn.luot.connection.Unis;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.site.registry.SitesCopy;

/** Hits need Redis anyway, so the registry is there when PostgreSQL is not. */
@Singleton
record CopyInRedis(RedisCommands redis, RedisOwner owner) implements SitesCopy {
  private static final String VERSION = "version";
  private static final String ROWS = "rows";

  @Override
  public Uni<Void> claim() {
    return owner
        .claim()
        .plug(
            Unis.orNull(e -> Log.debugf("It is not known whose Redis this is: %s", e.getMessage())))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> keep(String version, String rows) {
    Request all = Request.cmd(Command.HSET).arg(Keys.sites());
    return redis.run(all.arg(VERSION).arg(version).arg(ROWS).arg(rows)).replaceWithVoid();
  }

  @Override
  public Uni<String> version() {
    return read(VERSION);
  }

  @Override
  public Uni<String> rows() {
    return read(ROWS);
  }

  private Uni<String> read(String field) {
    return redis
        .run(Command.HGET, Keys.sites(), field)
        .map(found -> found == null ? null : found.toString());
  }
}

package vn.luot.live.registry;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import vn.luot.live.Keys;
import vn.luot.live.RedisOwner;
import vn.luot.live.redis.Futures;
import vn.luot.live.redis.RedisCommands;
import vn.luot.site.registry.SitesCopy;

/** Hits need Redis anyway, so the registry is there when PostgreSQL is not. */
@ApplicationScoped
class CopyInRedis implements SitesCopy {
  private static final String VERSION = "version";
  private static final String ROWS = "rows";

  private final RedisCommands redis;
  private final RedisOwner owner;

  CopyInRedis(RedisCommands redis, RedisOwner owner) {
    this.redis = redis;
    this.owner = owner;
  }

  @Override
  public Uni<Void> claim() {
    return owner
        .claim()
        .onFailure()
        .invoke(e -> Log.debugf("It is not known whose Redis this is: %s", e.getMessage()))
        .onFailure()
        .recoverWithNull()
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> keep(String version, String rows) {
    Request all = Request.cmd(Command.HSET).arg(Keys.sites());
    return Futures.uni(() -> redis.send(all.arg(VERSION).arg(version).arg(ROWS).arg(rows)))
        .replaceWithVoid();
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
    return Futures.uni(() -> redis.send(Request.cmd(Command.HGET).arg(Keys.sites()).arg(field)))
        .map(found -> found == null ? null : found.toString());
  }
}

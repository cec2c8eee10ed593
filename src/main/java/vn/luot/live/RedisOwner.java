package vn.luot.live;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import vn.luot.connection.Unis;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.site.Installation;
import vn.luot.site.registry.SitesCopy;

/**
 * What an installation keeps in Redis beside its counts: its name, and a copy of the site registry,
 * since hits need Redis anyway, so that it is there when PostgreSQL is not.
 *
 * <p>Keeps two installations from counting in one Redis: it bears the name of the first that came.
 *
 * <p>Scripts that count compare the name themselves, since another Redis may stand there between
 * two looks. What else asks Redis is refused by {@link RedisCommands} from the look on that found
 * another name; a flush looks before it begins, because it takes registers away.
 */
@Singleton
public record RedisOwner(RedisCommands redis, Epochs epochs, Installation installation)
    implements SitesCopy {
  private static final String VERSION = "version";
  private static final String ROWS = "rows";
  private static final String NAME = "installation";

  /**
   * Looks whether this Redis is known to be this installation's, and takes what is nobody's. In a
   * cluster each bucket is asked.
   */
  public Uni<Boolean> isOurs() {
    String own = installation.id();
    if (own.isEmpty()) {
      return Uni.createFrom().item(false);
    }
    String before = installation.othersRedis();
    return Unis.of(() -> owner(own))
        .invoke(installation::redisBelongsTo)
        .invoke(owner -> tell(before))
        .map(own::equals);
  }

  private void tell(String before) {
    String now = installation.othersRedis();
    if (!now.isEmpty() && !now.equals(before)) {
      Log.error(installation.advice());
    } else if (now.isEmpty() && !before.isEmpty()) {
      Log.info("Redis is this installation's again");
    }
  }

  /** The first name that is not this installation's, or its own. */
  private Future<String> owner(String own) {
    Future<String> owner = Future.succeededFuture(own);
    for (String key : epochs.keys()) {
      owner =
          owner.compose(
              found -> found.equals(own) ? owner(key, own) : Future.succeededFuture(found));
    }
    return owner;
  }

  private Future<String> owner(String key, String own) {
    Request read = Request.cmd(Command.HGET).arg(key).arg(NAME);
    return redis
        .sendToAnybodys(read)
        .compose(found -> found != null ? Future.succeededFuture(found) : take(key, own, read))
        .map(Response::toString);
  }

  private Future<Response> take(String key, String own, Request read) {
    return redis
        .sendToAnybodys(Request.cmd(Command.HSETNX).arg(key).arg(NAME).arg(own))
        .compose(taken -> redis.sendToAnybodys(read));
  }

  @Override
  public Uni<Void> claim() {
    return isOurs()
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

package vn.luot.admin.settlement;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import vn.luot.live.Keys;
import vn.luot.live.redis.Futures;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.site.Site;

/**
 * Joins the distinct visitors of a site's day with those of its quarantine: Redis knows how, which
 * need not hold the day for it. Visitors have the same ids on both sides, so that nobody is counted
 * twice.
 */
@ApplicationScoped
class VisitorUnion {
  private final Script union = Script.named("union_visitors");
  private final RedisCommands redis;

  VisitorUnion(RedisCommands redis) {
    this.redis = redis;
  }

  record Joined(long visitors, Buffer sketch) {}

  Uni<Joined> join(int site, LocalDate day, Buffer one, Buffer other) {
    List<String> keys =
        List.of(Keys.visitorsSaved(site, day), Keys.visitorsSaved(Site.quarantineId(site), day));
    return Futures.uni(() -> union.call(redis::send, keys, List.of(one, other)))
        .map(answer -> new Joined(answer.get(0).toLong(), answer.get(1).toBuffer()));
  }
}

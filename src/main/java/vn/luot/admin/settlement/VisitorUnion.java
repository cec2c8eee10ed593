package vn.luot.admin.settlement;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import vn.luot.live.Futures;
import vn.luot.live.Keys;
import vn.luot.live.Script;
import vn.luot.live.Store;
import vn.luot.site.Site;

/**
 * Joins the distinct visitors of a site's day with those of its quarantine: Redis knows how, which
 * need not hold the day for it. Visitors have the same ids on both sides, so that nobody is counted
 * twice.
 */
@ApplicationScoped
class VisitorUnion {
  private final Script union = Script.named("union_visitors");
  private final Store store;

  VisitorUnion(Store store) {
    this.store = store;
  }

  record Joined(long visitors, Buffer sketch) {}

  Uni<Joined> join(int site, LocalDate day, Buffer one, Buffer other) {
    List<String> keys =
        List.of(Keys.visitorsSaved(site, day), Keys.visitorsSaved(Site.quarantineId(site), day));
    return Futures.uni(() -> union.call(store::send, keys, List.of(one, other)))
        .map(answer -> new Joined(answer.get(0).toLong(), answer.get(1).toBuffer()));
  }
}

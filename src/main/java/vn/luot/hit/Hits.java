package vn.luot.hit;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import vn.luot.direct.DirectCounts;
import vn.luot.live.Visitors;
import vn.luot.reading.Completion;
import vn.luot.reading.Completion.Live;
import vn.luot.reading.Completion.Shown;
import vn.luot.site.Page;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.visitor.Visitor;

/** Takes a hit from the request to its answer. */
@ApplicationScoped
public class Hits {
  private final Visitors visitors;
  private final HitBatchers batchers;
  private final DirectCounts direct;
  private final Completion completion;

  Hits(Visitors visitors, HitBatchers batchers, DirectCounts direct, Completion completion) {
    this.visitors = visitors;
    this.batchers = batchers;
    this.direct = direct;
    this.completion = completion;
  }

  public CompletionStage<HitAnswer> count(Site site, HitRequest asked, HttpServerRequest request) {
    Page page = PageRule.page(asked.page(), site.pageParameters(), "page");
    String title = HitReader.title(asked.title());
    CompletionStage<Visitor> visitor = visitors.of(site, request);
    if (direct.isWanted()) {
      // Without the day's salt, which is in Redis, nobody can tell who it was; the view counts.
      visitor = visitor.exceptionally(unknown -> null);
    }
    return visitor
        .thenApply(who -> new Hit(site, page, title, who))
        .thenCompose(hit -> batchers.count(hit).thenCompose(live -> answer(hit, live)));
  }

  private CompletionStage<HitAnswer> answer(Hit hit, LiveCount live) {
    if (!live.isKnown()) {
      Shown nothing = new Shown(null, null, null, null);
      return CompletableFuture.completedFuture(
          HitAnswer.of(hit, nothing, completion.heartbeatSeconds()));
    }
    Live registers =
        new Live(
            live.day(),
            live.epoch(),
            live.online(),
            live.dayViews(),
            live.dayVisits(),
            live.pageViews());
    return completion
        .complete(hit.site(), hit.page(), registers)
        .thenApply(shown -> HitAnswer.of(hit, shown, completion.heartbeatSeconds()));
  }
}

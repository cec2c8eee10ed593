package vn.luot.hit;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import vn.luot.live.Visitors;
import vn.luot.reading.Completion;
import vn.luot.reading.Completion.Live;
import vn.luot.site.Page;
import vn.luot.site.PageRule;
import vn.luot.site.Site;

/** Takes a hit from the request to its answer. */
@ApplicationScoped
public class Hits {
  private final Visitors visitors;
  private final HitBatchers batchers;
  private final Completion completion;

  Hits(Visitors visitors, HitBatchers batchers, Completion completion) {
    this.visitors = visitors;
    this.batchers = batchers;
    this.completion = completion;
  }

  public CompletionStage<HitAnswer> count(Site site, HitRequest asked, HttpServerRequest request) {
    Page page = PageRule.page(asked.page(), site.pageParameters(), "page");
    String title = HitReader.title(asked.title());
    return visitors
        .of(site, request)
        .thenApply(visitor -> new Hit(site, page, title, visitor))
        .thenCompose(hit -> batchers.count(hit).thenCompose(live -> answer(hit, live)));
  }

  private CompletionStage<HitAnswer> answer(Hit hit, LiveCount live) {
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

package vn.luot.hit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import vn.luot.admission.NewPages;
import vn.luot.admission.ReferrerHost;
import vn.luot.admission.Senders;
import vn.luot.direct.DirectCounts;
import vn.luot.quarantine.Bursts;
import vn.luot.quarantine.Suspicion;
import vn.luot.reading.Completion;
import vn.luot.reading.Completion.Expected;
import vn.luot.reading.Completion.Live;
import vn.luot.reading.Completion.Shown;
import vn.luot.site.Page;
import vn.luot.site.PageRule;
import vn.luot.site.PageTitle;
import vn.luot.site.Site;
import vn.luot.visitor.Caller;
import vn.luot.visitor.Sender;

/** Takes a hit from the request to its answer. */
@ApplicationScoped
public class Hits {
  private final Senders senders;
  private final NewPages newPages;
  private final HitBatchers batchers;
  private final DirectCounts direct;
  private final Bursts bursts;
  private final Completion completion;

  Hits(
      Senders senders,
      NewPages newPages,
      HitBatchers batchers,
      DirectCounts direct,
      Bursts bursts,
      Completion completion) {
    this.senders = senders;
    this.newPages = newPages;
    this.batchers = batchers;
    this.direct = direct;
    this.bursts = bursts;
    this.completion = completion;
  }

  public CompletionStage<HitAnswer> count(Site site, HitRequest asked, Caller caller) {
    Page page = PageRule.page(asked.page(), site.rules().pageParameters(), "page");
    return sender(site, caller)
        .thenCombine(
            newPages.ask(site, page),
            (sender, answer) ->
                hit(site, asked, newPages.counted(site, page, answer, sender.block()), sender))
        .thenCompose(hit -> count(hit, page));
  }

  private CompletionStage<HitAnswer> count(Hit hit, Page asked) {
    boolean shown = hit.site().rules().publicReading() && asked.equals(hit.page());
    Expected expected = shown ? completion.expect(hit.site(), hit.page()) : null;
    return batchers.count(hit).thenCompose(live -> answer(hit, asked, expected, live));
  }

  private CompletionStage<Sender> sender(Site site, Caller caller) {
    CompletionStage<Sender> sender = senders.ofHit(site, caller);
    // Without the day's salt, which is in Redis, nobody can tell who it was; the view counts.
    return direct.isWanted() ? sender.exceptionally(unknown -> Sender.UNKNOWN) : sender;
  }

  private Hit hit(Site site, HitRequest asked, NewPages.Counted counted, Sender sender) {
    Page page = counted.page();
    // Nobody's title: ~other stands for many pages.
    String title = page.equals(Page.OTHER) ? null : PageTitle.of(asked.title());
    String referrer = sender.visitor() == null ? null : ReferrerHost.of(asked.referrer(), site);
    // A robot's hit is no view, and counted by itself however fast they come.
    Suspicion suspicion = sender.robot() ? null : bursts.of(site);
    return new Hit(site, page, counted.standing(), title, referrer, sender, suspicion);
  }

  private CompletionStage<HitAnswer> answer(
      Hit hit, Page asked, Expected expected, LiveCount live) {
    if (!live.isKnown() || !hit.site().rules().publicReading()) {
      Shown nothing = new Shown(null, null, null, null);
      return CompletableFuture.completedFuture(
          HitAnswer.of(asked, nothing, completion.heartbeatSeconds()));
    }
    Long pageViews = asked.equals(hit.page()) ? live.pageViews() : null;
    Live registers =
        new Live(
            live.day(), live.epoch(), live.online(), live.dayViews(), live.dayVisits(), pageViews);
    return completion
        .complete(hit.site(), expected, registers)
        .thenApply(shown -> HitAnswer.of(asked, shown, completion.heartbeatSeconds()));
  }
}

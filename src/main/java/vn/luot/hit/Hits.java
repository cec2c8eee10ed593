package vn.luot.hit;

import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import vn.luot.admission.NewPages;
import vn.luot.admission.ReferrerHost;
import vn.luot.admission.Senders;
import vn.luot.direct.DirectCounts;
import vn.luot.hit.ExtraNumbers.Extras;
import vn.luot.hit.batch.Hit;
import vn.luot.hit.batch.HitBatchers;
import vn.luot.live.SiteNumbers;
import vn.luot.quarantine.Bursts;
import vn.luot.quarantine.Bursts.Suspicion;
import vn.luot.reading.base.Completion;
import vn.luot.reading.base.Completion.Expected;
import vn.luot.reading.base.Completion.Shown;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.site.page.PageTitle;
import vn.luot.visitor.Caller;
import vn.luot.visitor.Sender;

/** Takes a hit from the request to its answer. */
@Singleton
public record Hits(
    Senders senders,
    NewPages newPages,
    HitBatchers batchers,
    DirectCounts direct,
    Bursts bursts,
    Completion completion,
    ExtraNumbers extraNumbers) {
  /** The same by way of other batchers. */
  Hits by(HitBatchers others) {
    return new Hits(senders, newPages, others, direct, bursts, completion, extraNumbers);
  }

  public CompletionStage<HitAnswer> count(Site site, HitRequest asked, Caller caller) {
    Page page = asked.counted(site);
    return sender(site, caller)
        .thenCombine(
            newPages.ask(site, page),
            (sender, answer) ->
                hit(site, asked, newPages.counted(site, page, answer, sender.block()), sender))
        .thenCompose(hit -> count(hit, page, asked));
  }

  private CompletionStage<HitAnswer> count(Hit hit, Page page, HitRequest asked) {
    // Of ~other, which stands for many, nobody's views are shown.
    boolean known =
        hit.site().rules().publicReading() && page.equals(hit.page()) && !page.isOther();
    Expected expected = known ? completion.expect(hit.site(), page) : null;
    CompletionStage<SiteNumbers> counted = batchers.count(hit);
    CompletionStage<Extras> extras = extraNumbers.read(hit.site(), asked, page, counted);
    return counted
        .thenCompose(live -> shown(hit, expected, live))
        .thenCombine(
            extras,
            (shown, extra) ->
                HitAnswer.of(page, shown, asked, extra, completion.heartbeatSeconds()));
  }

  private CompletionStage<Sender> sender(Site site, Caller caller) {
    CompletionStage<Sender> sender = senders.ofHit(site, caller);
    // Without the day's salt, which is in Redis, nobody can tell who it was; the view counts.
    return direct.isWanted() ? sender.exceptionally(unknown -> Sender.UNKNOWN) : sender;
  }

  private Hit hit(Site site, HitRequest asked, NewPages.Counted counted, Sender sender) {
    Page page = counted.page();
    // Nobody's title: ~other stands for many pages.
    String title = page.isOther() ? null : PageTitle.of(asked.title());
    String referrer =
        sender.visitor() != null && page.isView() ? ReferrerHost.of(asked.referrer(), site) : null;
    // A robot's hit is no view, and counted by itself however fast they come.
    Suspicion suspicion = sender.robot() ? null : bursts.of(site);
    return new Hit(site, page, counted.standing(), title, referrer, sender, suspicion);
  }

  private CompletionStage<Shown> shown(Hit hit, @Nullable Expected expected, SiteNumbers live) {
    if (!live.isKnown() || !hit.site().rules().publicReading()) {
      return CompletableFuture.completedFuture(new Shown(null, null, null, null));
    }
    return completion.complete(hit.site(), expected, live);
  }
}

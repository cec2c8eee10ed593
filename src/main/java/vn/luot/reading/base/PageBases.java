package vn.luot.reading.base;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import vn.luot.live.Recent;
import vn.luot.register.SiteDay;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.visitor.hash.SplitMix64;

/** The bases of the pages this pod is asked about: their views without the current register. */
@ApplicationScoped
public class PageBases {
  private final PageBaseLoader loader;
  private final PostgresBreaker breaker;
  private final Recent kept;

  PageBases(PageBaseLoader loader, PostgresBreaker breaker, ReadingConfig config) {
    this.loader = loader;
    this.breaker = breaker;
    this.kept = new Recent(config.pagesKept(), config.keepPages());
  }

  /** What a base is valid for; a change of the opening balances grows the revision. */
  public record Key(SiteDay day, long page, long revision) {
    public static Key of(Site site, Page page, SiteDay day) {
      return new Key(day, page.key(), site.revision());
    }

    /** Two of a million keys share it with a probability of 3 in 10^8, as pages share theirs. */
    private long hash() {
      long at = SplitMix64.of(SplitMix64.of(day.epoch()) + day.day().toEpochDay());
      return SplitMix64.of(SplitMix64.of(at + revision) + day.site()) ^ page;
    }
  }

  public Long known(Key key) {
    long base = kept.get(key.hash());
    return base == Recent.ABSENT ? null : base;
  }

  /** Completes with null where PostgreSQL does not answer in time. */
  public CompletionStage<Long> get(Key key) {
    Long known = known(key);
    return known == null ? breaker.await(load(key)) : CompletableFuture.completedFuture(known);
  }

  public CompletableFuture<Long> load(Key key) {
    return loader
        .load(key)
        .whenComplete(
            (base, failure) -> {
              if (base != null) {
                kept.put(key.hash(), base);
              }
            });
  }
}

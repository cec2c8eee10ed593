package vn.luot.reading;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.live.RedisClock;
import vn.luot.reading.base.Rating;
import vn.luot.reading.base.ReadingConfig;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.total.SiteSums;
import vn.luot.total.TopPages;

/** Ranks pages as of the last flush, and gives one ranking to everybody for some seconds. */
@Singleton
class TopReader {
  /** The longest list; whoever asks for less is given its beginning. */
  static final int MOST = 100;

  /** Some 40 KB each where all pages have long names. */
  private static final int LISTS_KEPT = 400;

  private final TopPages top;
  private final RedisClock clock;
  private final ReadingConfig config;
  private final TopPages.Ranking ranking;

  /** What fails is kept by nobody: a cache of futures drops those. */
  private final AsyncCache<Asked, TopList> shared;

  TopReader(TopPages top, RedisClock clock, ReadingConfig config) {
    this.top = top;
    this.clock = clock;
    this.config = config;
    this.ranking =
        new TopPages.Ranking(Page.PORTAL.key(), config.minimumVotes(), config.priorVotes());
    this.shared =
        Caffeine.newBuilder()
            .maximumSize(LISTS_KEPT)
            .expireAfterWrite(config.shareTopPages())
            .buildAsync();
  }

  private record Asked(int site, long revision, LocalDate day, String by, String period) {}

  /** {@code by} and {@code period} are {@link PagesResource}'s. */
  Uni<TopList> top(Site site, String by, String period, int limit) {
    LocalDate today = clock.period(site).day();
    LocalDate from = from(period, today);
    Asked asked = new Asked(site.id(), site.revision(), today, by, period);
    return Uni.createFrom()
        // A copy: a client that leaves cancels what it waits for.
        .completionStage(
            () -> shared.get(asked, (a, executor) -> read(site, by, from, today)).copy())
        .map(list -> list.first(limit));
  }

  private CompletableFuture<TopList> read(
      Site site, String by, @Nullable LocalDate from, LocalDate today) {
    return PostgresAnswer.read(
            query(site, by, from, today, MOST).map(TopReader::list), config.giveUpAfter())
        .subscribeAsCompletionStage();
  }

  /** Null for all time. */
  private static @Nullable LocalDate from(String period, LocalDate today) {
    return switch (period) {
      case "today" -> today;
      case "week" -> SiteSums.weekOf(today);
      case "month" -> today.withDayOfMonth(1);
      case "year" -> today.withDayOfYear(1);
      case "all" -> null;
      default -> throw Refusal.ofField("period", "one of today, week, month, year, all");
    };
  }

  private Uni<List<TopPages.Top>> query(
      Site site, String by, @Nullable LocalDate from, LocalDate today, int limit) {
    TopPages.Wanted wanted =
        new TopPages.Wanted(site.id(), limit, site.rules().listedAfterNetworks());
    return switch (by) {
      case "views" -> from == null ? top.mostRead(wanted) : top.mostRead(wanted, from, today);
      case "rating" ->
          from == null
              ? top.bestRated(wanted, ranking)
              : top.bestRated(wanted, ranking, from, site.zone());
      default -> throw Refusal.ofField("by", "one of views, rating");
    };
  }

  private static TopList list(List<TopPages.Top> pages) {
    return new TopList(
        pages.stream()
            .map(
                page ->
                    new TopList.TopPage(
                        page.path(),
                        page.title(),
                        page.views(),
                        Rating.Summary.of(page.ratingCount(), page.ratingSum())))
            .toList());
  }

  /**
   * Top pages, the first one first. Of all time, opening balances are included.
   *
   * @param pages at most as many as asked for
   */
  public record TopList(List<TopPage> pages) {
    TopList first(int limit) {
      return limit < pages.size() ? new TopList(pages.subList(0, limit)) : this;
    }

    /**
     * One page.
     *
     * @param path the normalised path
     * @param title the title that its visitors, or the owner, gave it, or null
     * @param views counted views, by views in the period and by rating of all time
     * @param rating by views of all time, by rating of the votes cast or changed in the period
     */
    public record TopPage(
        String path,
        @Schema(nullable = true) String title,
        @Schema(nullable = true) Long views,
        Rating.Summary rating) {}
  }
}

package vn.luot.reading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import vn.luot.live.Periods;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.total.SiteSums;
import vn.luot.total.TopPages;

/** Ranks pages as of the last flush, and gives one ranking to everybody for some seconds. */
@ApplicationScoped
class TopReader {
  private static final int LISTS_KEPT = 1000;

  private final TopPages top;
  private final Periods periods;
  private final Cache<Asked, Uni<TopList>> shared;

  TopReader(TopPages top, Periods periods, ReadingConfig config) {
    this.top = top;
    this.periods = periods;
    this.shared =
        Caffeine.newBuilder()
            .maximumSize(LISTS_KEPT)
            .expireAfterWrite(config.shareTopPages())
            .build();
  }

  private record Asked(int site, LocalDate day, String period, int limit) {}

  /** {@code period} is one of {@link PagesResource}'s. */
  Uni<TopList> mostRead(Site site, String period, int limit) {
    LocalDate today = periods.of(site).day();
    return shared.get(
        new Asked(site.id(), today, period, limit),
        asked ->
            query(site.id(), today, period, limit)
                .map(TopReader::list)
                .onFailure()
                .transform(e -> Refusal.forNow(Reason.NOT_READABLE, "PostgreSQL does not answer."))
                .memoize()
                .indefinitely());
  }

  private Uni<List<TopPages.Top>> query(int site, LocalDate today, String period, int limit) {
    return switch (period) {
      case "today" -> top.ofDays(site, limit, today, today);
      case "week" -> top.ofDays(site, limit, SiteSums.weekOf(today), today);
      case "month" -> top.ofDays(site, limit, today.withDayOfMonth(1), today);
      case "year" -> top.ofDays(site, limit, today.withDayOfYear(1), today);
      case "all" -> top.ofAllTime(site, limit);
      default -> throw Refusal.ofField("period", "one of today, week, month, year, all");
    };
  }

  private static TopList list(List<TopPages.Top> pages) {
    return new TopList(
        pages.stream()
            .map(page -> new TopList.TopPage(page.path(), page.title(), page.views()))
            .toList());
  }
}

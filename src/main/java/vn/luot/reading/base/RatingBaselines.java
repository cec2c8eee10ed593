package vn.luot.reading.base;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.total.vote.RatingTotals;
import vn.luot.total.vote.RatingTotals.Opening;

/**
 * Adds opening balances to ratings. The registry says which sites have any: all others cost
 * nothing.
 */
@ApplicationScoped
public class RatingBaselines {
  private final RatingTotals totals;
  private final ReadingConfig config;

  /** Good for as long as the site's revision is: no balance changes without it. */
  private final Cache<Key, Opening> kept;

  private record Key(int site, long page, long revision) {}

  RatingBaselines(RatingTotals totals, ReadingConfig config) {
    this.totals = totals;
    this.config = config;
    this.kept = Caffeine.newBuilder().maximumSize(config.ratingsKept()).build();
  }

  /**
   * The ratings of these pages with their balances. Where PostgreSQL does not answer and a balance
   * is not kept, that rating is not known: without its balance it would seem to have lost votes.
   */
  public Uni<List<Rating>> add(Site site, List<Page> pages, List<Rating> counted) {
    if (!site.ratingBaselines()) {
      return Uni.createFrom().item(counted);
    }
    Map<Long, Opening> known = new HashMap<>();
    List<Long> missing = new ArrayList<>();
    for (Page page : pages) {
      Opening opening = kept.getIfPresent(key(site, page.key()));
      if (opening == null) {
        missing.add(page.key());
      } else {
        known.put(page.key(), opening);
      }
    }
    return load(site, missing)
        .map(
            loaded -> {
              known.putAll(loaded);
              return sums(pages, counted, known);
            });
  }

  private static Key key(Site site, long page) {
    return new Key(site.id(), page, site.revision());
  }

  private Uni<Map<Long, Opening>> load(Site site, List<Long> pages) {
    if (pages.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return totals
        .openings(site.id(), pages)
        .ifNoItem()
        .after(config.waitAtMost())
        .fail()
        .invoke(found -> found.forEach((page, opening) -> kept.put(key(site, page), opening)))
        .onFailure()
        .recoverWithItem(Map.of());
  }

  private static List<Rating> sums(
      List<Page> pages, List<Rating> counted, Map<Long, Opening> known) {
    List<Rating> sums = new ArrayList<>(pages.size());
    for (int i = 0; i < pages.size(); i++) {
      Opening opening = known.get(pages.get(i).key());
      sums.add(
          opening == null ? Rating.UNKNOWN : counted.get(i).plus(opening.count(), opening.sum()));
    }
    return sums;
  }
}

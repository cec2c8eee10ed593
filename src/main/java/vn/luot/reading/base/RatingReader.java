package vn.luot.reading.base;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.luot.live.vote.ReadRatings;
import vn.luot.live.vote.ReadRatings.LiveRating;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.total.vote.RatingTotals;
import vn.luot.total.vote.Stars;

/** Ratings as they are now: Redis's where votes came lately, else PostgreSQL's. */
@ApplicationScoped
public class RatingReader {
  private final ReadRatings live;
  private final RatingTotals totals;
  private final RatingBaselines baselines;
  private final ReadingConfig config;

  /**
   * Counted votes only. Only asked where Redis has no rating, so a vote is never hidden by what is
   * kept here.
   */
  private final Cache<Key, Rating> kept;

  private record Key(int site, long page) {}

  RatingReader(
      ReadRatings live, RatingTotals totals, RatingBaselines baselines, ReadingConfig config) {
    this.live = live;
    this.totals = totals;
    this.baselines = baselines;
    this.config = config;
    this.kept =
        Caffeine.newBuilder()
            .maximumSize(config.ratingsKept())
            .expireAfterWrite(config.refreshSites())
            .build();
  }

  /** In the order of the pages. */
  public Uni<List<Rating>> read(Site site, List<Page> pages) {
    return live.read(site.id(), pages)
        .onFailure()
        .transform(e -> Refusal.forNow(Reason.NOT_READABLE, "Redis does not answer; try again."))
        .flatMap(found -> complete(site.id(), pages, found))
        .flatMap(counted -> baselines.add(site, pages, counted));
  }

  private Uni<List<Rating>> complete(int site, List<Page> pages, List<LiveRating> live) {
    List<Rating> ratings = new ArrayList<>(pages.size());
    List<Long> missing = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      long page = pages.get(i).key();
      Rating rating =
          switch (live.get(i).knower()) {
            case REDIS -> Rating.of(live.get(i).counts());
            case NOBODY -> Rating.UNKNOWN;
            case POSTGRES -> kept.getIfPresent(new Key(site, page));
          };
      ratings.add(rating);
      if (rating == null) {
        missing.add(page);
      }
    }
    return load(site, missing).map(loaded -> withLoaded(ratings, pages, loaded));
  }

  private Uni<Map<Long, Rating>> load(int site, List<Long> pages) {
    if (pages.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return totals
        .load(site, pages)
        .ifNoItem()
        .after(config.waitAtMost())
        .fail()
        .map(found -> keep(site, pages, found))
        .onFailure()
        .recoverWithItem(Map.of());
  }

  private Map<Long, Rating> keep(int site, List<Long> pages, Map<Long, Stars> found) {
    Map<Long, Rating> loaded = new HashMap<>();
    for (Long page : pages) {
      Rating rating = Rating.of(found.getOrDefault(page, Stars.NONE));
      loaded.put(page, rating);
      kept.put(new Key(site, page), rating);
    }
    return loaded;
  }

  private static List<Rating> withLoaded(
      List<Rating> ratings, List<Page> pages, Map<Long, Rating> loaded) {
    for (int i = 0; i < pages.size(); i++) {
      if (ratings.get(i) == null) {
        ratings.set(i, loaded.getOrDefault(pages.get(i).key(), Rating.UNKNOWN));
      }
    }
    return ratings;
  }
}

package vn.luot.reading.base;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import vn.luot.connection.Unis;
import vn.luot.live.record.ReadRatings;
import vn.luot.live.record.ReadRatings.Knower;
import vn.luot.live.record.ReadRatings.LiveRating;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.total.Votes;
import vn.luot.total.Votes.Opening;

/**
 * Ratings as they are now: Redis's where votes came lately, else PostgreSQL's; and their opening
 * balances.
 */
@Singleton
public class RatingReader {
  private final ReadRatings live;

  /**
   * The most queries at once; who asks meanwhile for what is not kept is told that it is unknown.
   */
  private static final int MOST_QUERIES = 100;

  private final Votes votes;
  private final ReadingConfig config;
  private final AtomicInteger queries = new AtomicInteger();

  /**
   * Counted votes only. Only asked where Redis has no rating, so a vote is never hidden by what is
   * kept here.
   */
  private final Cache<Key, Rating> kept;

  /** Good for as long as the site's revision is: no balance changes without it. */
  private final Cache<Key, Opening> openings;

  private record Key(int site, long page, long revision) {}

  RatingReader(ReadRatings live, Votes votes, ReadingConfig config) {
    this.live = live;
    this.votes = votes;
    this.config = config;
    this.kept =
        Caffeine.newBuilder()
            .maximumSize(config.ratingsKept())
            .expireAfterWrite(config.refreshSites())
            .build();
    this.openings = Caffeine.newBuilder().maximumSize(config.ratingsKept()).build();
  }

  /** In the order of the pages. */
  public Uni<List<Rating>> read(Site site, List<Page> pages) {
    return live.read(site.id(), pages)
        .onFailure()
        .transform(e -> Refusal.forNow(Reason.NOT_READABLE, "Redis does not answer; try again."))
        .flatMap(found -> complete(site.id(), pages, found))
        .flatMap(counted -> withOpenings(site, pages, counted));
  }

  private Uni<List<Rating>> complete(int site, List<Page> pages, List<LiveRating> live) {
    List<Long> inPostgres = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      if (live.get(i).knower() == Knower.POSTGRES) {
        inPostgres.add(pages.get(i).key());
      }
    }
    return find(kept, new Key(site, 0, 0), inPostgres, missing -> ratings(site, missing))
        .map(found -> complete(pages, live, found));
  }

  private Uni<Map<Long, Rating>> ratings(int site, List<Long> pages) {
    return votes
        .ratings(site, pages)
        .map(
            found -> {
              Map<Long, Rating> ratings = new HashMap<>();
              found.forEach((page, stars) -> ratings.put(page, Rating.of(stars)));
              return ratings;
            });
  }

  private static List<Rating> complete(
      List<Page> pages, List<LiveRating> live, Map<Long, Rating> found) {
    List<Rating> ratings = new ArrayList<>(pages.size());
    for (int i = 0; i < pages.size(); i++) {
      ratings.add(
          switch (live.get(i).knower()) {
            case REDIS -> Rating.of(live.get(i).counts());
            case POSTGRES -> found.getOrDefault(pages.get(i).key(), Rating.UNKNOWN);
            case NOBODY -> Rating.UNKNOWN;
          });
    }
    return ratings;
  }

  /**
   * The ratings of these pages with their opening balances; the registry says which sites have any.
   * Where PostgreSQL does not answer and a balance is not kept, that rating is not known: without
   * its balance it would seem to have lost votes.
   */
  public Uni<List<Rating>> withOpenings(Site site, List<Page> pages, List<Rating> counted) {
    if (!site.ratingBaselines()) {
      return Uni.createFrom().item(counted);
    }
    List<Long> keys = pages.stream().map(Page::key).toList();
    return find(
            openings,
            new Key(site.id(), 0, site.revision()),
            keys,
            missing -> votes.openings(site.id(), missing))
        .map(found -> sums(keys, counted, found));
  }

  private static List<Rating> sums(
      List<Long> pages, List<Rating> counted, Map<Long, Opening> found) {
    List<Rating> sums = new ArrayList<>(pages.size());
    for (int i = 0; i < pages.size(); i++) {
      Opening opening = found.get(pages.get(i));
      sums.add(
          opening == null ? Rating.UNKNOWN : counted.get(i).plus(opening.count(), opening.sum()));
    }
    return sums;
  }

  /** By page, what is kept and what PostgreSQL says of the others, as far as it answers in time. */
  private <T> Uni<Map<Long, T>> find(
      Cache<Key, T> kept, Key of, List<Long> pages, Function<List<Long>, Uni<Map<Long, T>>> load) {
    Map<Long, T> found = new HashMap<>();
    List<Long> missing = new ArrayList<>();
    for (Long page : pages) {
      T known = kept.getIfPresent(new Key(of.site, page, of.revision));
      if (known == null) {
        missing.add(page);
      } else {
        found.put(page, known);
      }
    }
    if (missing.isEmpty()) {
      return Uni.createFrom().item(found);
    }
    if (queries.incrementAndGet() > MOST_QUERIES) {
      queries.decrementAndGet();
      return Uni.createFrom().item(found);
    }
    // A query that is waited for no longer still stands in PostgreSQL's queue.
    CompletableFuture<Map<Long, T>> loading =
        load.apply(missing)
            .onTermination()
            .invoke(queries::decrementAndGet)
            .subscribeAsCompletionStage();
    return Uni.createFrom()
        .completionStage(loading::copy)
        .plug(Unis.within(config.waitAtMost()))
        .invoke(
            loaded -> {
              loaded.forEach((page, one) -> kept.put(new Key(of.site, page, of.revision), one));
              found.putAll(loaded);
            })
        .replaceWith(found)
        .onFailure()
        .recoverWithItem(found);
  }
}

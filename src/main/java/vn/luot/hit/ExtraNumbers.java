package vn.luot.hit;

import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.luot.live.SiteNumbers;
import vn.luot.reading.CountersReader;
import vn.luot.reading.CountersReader.Counters;
import vn.luot.reading.PagesReader.PageNumbers.PageNumber;
import vn.luot.reading.SharedLists;
import vn.luot.reading.base.Rating;
import vn.luot.reading.base.RatingReader;
import vn.luot.refusal.Refusal;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/**
 * What a page shows beside the numbers of its own view. It is read while the hit is on its way to
 * Redis, but for the visitors, one of whom the hit may bring. What cannot be read is left out: the
 * hit counts all the same.
 */
@Singleton
record ExtraNumbers(CountersReader counters, RatingReader ratings, SharedLists lists) {
  private static final Pattern VISITORS = Pattern.compile("visitors.*");
  private static final Pattern RATING = Pattern.compile("rating.*");
  private static final Pattern PORTAL_RATING = Pattern.compile("portal-rating.*");
  private static final int MOST_PAGES = 100;
  private static final CompletableFuture<Extras> NONE =
      CompletableFuture.completedFuture(new Extras(null, null, null, null));
  private static final PageNumber NO_PAGE =
      PageNumber.of(Page.OTHER, null, Rating.UNKNOWN.summary());

  /** Each is null where it was not wanted, or cannot be read. */
  record Extras(
      Counters.@Nullable Visitors visitors,
      Rating.@Nullable Summary rating,
      Rating.@Nullable Summary portal,
      @Nullable List<PageNumber> pages) {}

  /** Costs nothing where nothing is wanted, which is nearly always. */
  CompletionStage<Extras> read(
      Site site, HitRequest asked, Page page, CompletionStage<SiteNumbers> counted) {
    boolean visitors = asked.wants(VISITORS);
    boolean rating = asked.wants(RATING);
    boolean portal = asked.wants(PORTAL_RATING);
    List<String> pages = asked.pages() == null ? List.of() : asked.pages();
    if (!site.rules().publicReading() || !(visitors || rating || portal) && pages.isEmpty()) {
      return NONE;
    }
    CompletionStage<Counters.Visitors> readVisitors =
        visitors
            ? counted.thenCompose(live -> counters.read(site)).thenApply(Counters::visitors)
            : nothing();
    CompletionStage<List<Rating>> readRatings = rating || portal ? ratings(site, page) : nothing();
    CompletionStage<List<PageNumber>> readPages = pages.isEmpty() ? nothing() : pages(site, pages);
    return orNull(readVisitors)
        .thenCombine(
            orNull(readRatings),
            (who, rated) ->
                new Extras(
                    who,
                    rating && rated != null && !page.isOther() ? rated.get(0).summary() : null,
                    portal && rated != null ? rated.get(1).summary() : null,
                    null))
        .thenCombine(
            orNull(readPages),
            (extras, found) -> new Extras(extras.visitors, extras.rating, extras.portal, found));
  }

  /** Both in one call: not shared, since whoever has just voted is to see that vote. */
  private CompletionStage<List<Rating>> ratings(Site site, Page page) {
    return ratings.read(site, List.of(page, Page.PORTAL)).subscribeAsCompletionStage();
  }

  private CompletionStage<List<PageNumber>> pages(Site site, List<String> asked) {
    List<String> paths = new ArrayList<>();
    List<Boolean> isPage = new ArrayList<>();
    for (String path : asked.subList(0, Math.min(MOST_PAGES, asked.size()))) {
      isPage.add(canBePage(site, path));
      if (isPage.get(isPage.size() - 1)) {
        paths.add(path);
      }
    }
    CompletionStage<List<PageNumber>> read =
        paths.isEmpty() ? CompletableFuture.completedFuture(List.of()) : lists.numbers(site, paths);
    return read.thenApply(
        found -> {
          var numbers = found.iterator();
          return isPage.stream().map(is -> is ? numbers.next() : NO_PAGE).toList();
        });
  }

  /** One slot that names no page must not empty the others. */
  private static boolean canBePage(Site site, String path) {
    try {
      PageRule.counted(site, path, "pages");
      return true;
    } catch (Refusal noPage) {
      return false;
    }
  }

  private static <T> CompletionStage<T> nothing() {
    return CompletableFuture.completedFuture(null);
  }

  private static <T> CompletionStage<T> orNull(CompletionStage<T> read) {
    return read.exceptionally(
        failure -> {
          Log.debugf("A hit is answered without what it wanted: %s", failure.getMessage());
          return null;
        });
  }
}

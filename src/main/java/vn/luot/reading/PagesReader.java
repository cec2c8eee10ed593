package vn.luot.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.live.ReadSite;
import vn.luot.live.SiteNumbers;
import vn.luot.reading.base.PageBases;
import vn.luot.reading.base.Rating;
import vn.luot.reading.base.RatingReader;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.PageRule;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/** Puts the numbers of pages together. */
@Singleton
public record PagesReader(ReadSite readSite, PageBases bases, RatingReader ratings) {
  private static final int MOST = 100;

  /** {@code paths} as they were asked for. */
  CompletionStage<PageNumbers> read(Site site, List<String> paths) {
    if (paths == null || paths.isEmpty() || paths.size() > MOST) {
      throw Refusal.ofField("path", "name 1 to " + MOST + " pages, as in ?path=/a&path=/b");
    }
    List<Page> pages = paths.stream().map(path -> PageRule.counted(site, path, "path")).toList();
    return views(site, pages)
        .thenCombine(
            ratings.read(site, pages).subscribeAsCompletionStage(),
            (views, rated) -> numbers(pages, views, rated));
  }

  private CompletionStage<List<Long>> views(Site site, List<Page> pages) {
    return readSite
        .read(site, pages)
        .toCompletionStage()
        .exceptionally(
            failure -> {
              throw Refusal.forNow(Reason.NOT_READABLE, "Redis does not answer; try again.");
            })
        .thenCompose(live -> views(site, pages, live.numbers()));
  }

  private CompletionStage<List<Long>> views(Site site, List<Page> pages, SiteNumbers live) {
    List<CompletableFuture<Long>> found =
        pages.stream()
            .map(page -> bases.read(PageBases.Key.of(site, page, live.day())))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
        .thenApply(all -> views(pages, found, live));
  }

  private static List<Long> views(
      List<Page> pages, List<CompletableFuture<Long>> bases, SiteNumbers live) {
    List<Long> views = new ArrayList<>(bases.size());
    for (int i = 0; i < bases.size(); i++) {
      Long base = bases.get(i).join();
      views.add(base == null ? null : base + live.pages().getOrDefault(pages.get(i), 0L));
    }
    return views;
  }

  private static PageNumbers numbers(List<Page> pages, List<Long> views, List<Rating> ratings) {
    List<PageNumbers.PageNumber> numbers = new ArrayList<>(pages.size());
    for (int i = 0; i < pages.size(); i++) {
      numbers.add(PageNumbers.PageNumber.of(pages.get(i), views.get(i), ratings.get(i).summary()));
    }
    return new PageNumbers(numbers);
  }

  /**
   * The numbers of some pages, in the order asked for.
   *
   * @param pages one for each path asked for, normalised
   */
  public record PageNumbers(List<PageNumber> pages) {

    /**
     * One page.
     *
     * @param path the normalised path
     * @param views counted views of all time; null where not known at the moment, or where
     *     downloads were asked for
     * @param rating of the page; after a hit, only where it wants it
     * @param downloads of the file of this path, of all time; only where they were asked for
     */
    public record PageNumber(
        @Schema(examples = "/tin-tuc/a") String path,
        @Schema(nullable = true, examples = "440") @Nullable Long views,
        @JsonInclude(JsonInclude.Include.NON_NULL) Rating.@Nullable Summary rating,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long downloads) {
      /** {@code counted} is null where it is not known. */
      public static PageNumber of(
          Page page, @Nullable Long counted, Rating.@Nullable Summary rating) {
        return switch (page.measure()) {
          case VIEWS -> new PageNumber(page.path(), counted, rating, null);
          case DOWNLOADS -> new PageNumber(page.plainPath(), null, rating, counted);
        };
      }

      boolean isKnown() {
        return (views != null || downloads != null) && rating != null && rating.count() != null;
      }
    }
  }
}

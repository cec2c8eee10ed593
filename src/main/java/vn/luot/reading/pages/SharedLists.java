package vn.luot.reading.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import vn.luot.reading.base.ReadingConfig;
import vn.luot.site.Site;

/** Lists of pages with their numbers, as JSON, for all who ask for the same one. */
@ApplicationScoped
class SharedLists {
  private final BiFunction<Site, List<String>, CompletionStage<PageNumbers>> reader;
  private final ObjectWriter json;
  private final Cache<Asked, CompletableFuture<byte[]>> lists;

  @Inject
  SharedLists(PagesReader reader, ObjectMapper json, ReadingConfig config) {
    this(reader::read, json, config.listsKept(), config.shareLists(), Ticker.systemTicker());
  }

  SharedLists(
      BiFunction<Site, List<String>, CompletionStage<PageNumbers>> reader,
      ObjectMapper json,
      int most,
      Duration lifetime,
      Ticker clock) {
    this.reader = reader;
    this.json = json.writerFor(PageNumbers.class);
    this.lists =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfterWrite(lifetime)
            .executor(Runnable::run)
            .ticker(clock)
            .build();
  }

  private record Asked(int site, long revision, String query) {}

  /**
   * A reading that failed is given to those who waited for it, and to nobody later.
   *
   * @param query as it was sent: who asks for the same pages writes the same
   * @param paths what is in it
   */
  CompletableFuture<byte[]> read(Site site, String query, Supplier<List<String>> paths) {
    Asked asked = new Asked(site.id(), site.revision(), query);
    CompletableFuture<byte[]> last = lists.getIfPresent(asked);
    if (last != null && last.isCompletedExceptionally()) {
      lists.asMap().remove(asked, last);
    }
    return lists.get(
        asked, a -> reader.apply(site, paths.get()).thenApply(this::written).toCompletableFuture());
  }

  private byte[] written(PageNumbers numbers) {
    try {
      return json.writeValueAsBytes(numbers);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers are always JSON", e);
    }
  }
}

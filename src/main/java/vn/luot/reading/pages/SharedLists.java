package vn.luot.reading.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import vn.luot.reading.base.ReadingConfig;
import vn.luot.site.Site;

/** Lists of pages with their numbers, as JSON, for all who ask for the same one. */
@ApplicationScoped
class SharedLists {
  private final PagesReader reader;
  private final ObjectWriter json;
  private final AsyncCache<Asked, byte[]> lists;

  SharedLists(PagesReader reader, ObjectMapper json, ReadingConfig config) {
    this.reader = reader;
    this.json = json.writerFor(PageNumbers.class);
    this.lists =
        Caffeine.newBuilder()
            .maximumSize(config.listsKept())
            .expireAfterWrite(config.shareLists())
            .executor(Runnable::run)
            .buildAsync();
  }

  private record Asked(int site, long revision, String query) {}

  /**
   * @param query as it was sent: who asks for the same pages writes the same
   * @param paths what is in it
   */
  CompletableFuture<byte[]> read(Site site, String query, Supplier<List<String>> paths) {
    return lists.get(
        new Asked(site.id(), site.revision(), query),
        (asked, executor) ->
            reader.read(site, paths.get()).thenApply(this::written).toCompletableFuture());
  }

  private byte[] written(PageNumbers numbers) {
    try {
      return json.writeValueAsBytes(numbers);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers are always JSON", e);
    }
  }
}

package vn.luot.reading;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import vn.luot.reading.PagesReader.PageNumbers;
import vn.luot.reading.PagesReader.PageNumbers.PageNumber;
import vn.luot.reading.ReadsRoute.SharedRead;
import vn.luot.reading.base.ReadingConfig;
import vn.luot.site.Site;

/** Lists of pages with their numbers, as JSON, for all who ask for the same one. */
@Singleton
public class SharedLists implements SharedRead {
  private final BiFunction<Site, List<String>, CompletionStage<PageNumbers>> reader;
  private final ObjectWriter json;
  private final Cache<Asked, CompletableFuture<Listed>> lists;

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

  /** {@code known} is whether no number was missing. */
  record Listed(PageNumbers numbers, Written written, boolean known) {}

  @Override
  public String call() {
    return "/pages";
  }

  @Override
  public boolean isOrdinary(RoutingContext context) {
    return context.request().query() != null;
  }

  @Override
  public CompletionStage<Written> read(Site site, RoutingContext context) {
    return read(site, context.request().query(), () -> context.queryParam("path"))
        .thenApply(Listed::written);
  }

  /**
   * A reading that failed, or in which a number was not known, is given to those who waited for it
   * and to nobody later.
   *
   * @param query as it was sent, since who asks for the same pages writes the same; or what else
   *     says which list it is
   * @param paths what is in it
   */
  CompletableFuture<Listed> read(Site site, String query, Supplier<List<String>> paths) {
    Asked asked = new Asked(site.id(), site.revision(), query);
    CompletableFuture<Listed> last = lists.getIfPresent(asked);
    if (last != null && last.isDone() && (last.isCompletedExceptionally() || !last.join().known)) {
      lists.asMap().remove(asked, last);
    }
    return lists.get(
        asked, a -> reader.apply(site, paths.get()).thenApply(this::listed).toCompletableFuture());
  }

  /** The same for a hit that wants them: all readers of a front page name the same pages. */
  public CompletionStage<List<PageNumber>> numbers(Site site, List<String> paths) {
    // No query begins with the end of a line: what a hit names is never given to who asks a query.
    return read(site, "\n" + String.join("\n", paths), () -> paths)
        .thenApply(list -> list.numbers.pages());
  }

  private Listed listed(PageNumbers numbers) {
    boolean known = numbers.pages().stream().allMatch(PageNumber::isKnown);
    try {
      byte[] plain = json.writeValueAsBytes(numbers);
      return new Listed(numbers, new Written(plain, gzip(plain), null, null), known);
    } catch (IOException e) {
      throw new UncheckedIOException("numbers are always JSON", e);
    }
  }

  /** Every browser asks for it: once, not again for each of them. */
  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write(plain);
    }
    return compressed.toByteArray();
  }
}

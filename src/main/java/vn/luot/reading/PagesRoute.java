package vn.luot.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import vn.luot.site.PublicCall;
import vn.luot.site.Site;
import vn.luot.site.Sites;

/**
 * The short way of those who read a list of pages, past JAX-RS: all readers of a front page ask for
 * the same list, and what they are given within a second is read and written once. Whatever is
 * unusual goes on to {@link PagesResource}, which answers the same and documents both.
 */
@ApplicationScoped
class PagesRoute {
  private static final String CALL = "/pages";

  /** Behind PublicDoor, before the filters of the frameworks. */
  private static final int BEHIND_THE_DOOR = 997;

  /** Bytes a kept list takes beside its texts. */
  private static final int ENTRY = 200;

  private static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json;charset=UTF-8");

  private final Sites sites;
  private final PagesReader reader;
  private final ObjectWriter json;
  private final AsyncCache<Asked, byte[]> shared;

  PagesRoute(Sites sites, PagesReader reader, ObjectMapper json, ReadingConfig config) {
    this.sites = sites;
    this.reader = reader;
    this.json = json.writerFor(PageNumbers.class);
    this.shared =
        Caffeine.newBuilder()
            .maximumWeight(config.listsKept().asLongValue())
            .weigher((Asked asked, byte[] written) -> ENTRY + asked.length() + written.length)
            .expireAfterWrite(config.shareLists())
            .executor(Runnable::run)
            .buildAsync();
  }

  /** The query as it was sent: who asks for the same pages writes the same. */
  private record Asked(int site, long revision, String query) {
    int length() {
      return query.length();
    }
  }

  void register(@Observes Filters filters) {
    filters.register(this::enter, BEHIND_THE_DOOR);
  }

  private void enter(RoutingContext context) {
    HttpServerRequest request = context.request();
    String slug =
        request.method() == HttpMethod.GET ? PublicCall.siteBefore(CALL, request.path()) : null;
    if (slug == null || !PublicCall.plainlyAcceptsJson(request.headers()) || hasBody(request)) {
      context.next();
      return;
    }
    Site site = sites.requireReadable(slug);
    String query = Objects.requireNonNullElse(request.query(), "");
    shared
        .get(
            new Asked(site.id(), site.revision(), query),
            (asked, executor) -> written(site, context))
        .whenComplete((written, failure) -> answer(context, written, failure));
  }

  private static boolean hasBody(HttpServerRequest request) {
    return request.getHeader(HttpHeaders.CONTENT_LENGTH) != null
        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }

  private CompletableFuture<byte[]> written(Site site, RoutingContext context) {
    return reader
        .read(site, context.queryParam("path"))
        .thenApply(this::written)
        .toCompletableFuture();
  }

  private byte[] written(PageNumbers numbers) {
    try {
      return json.writeValueAsBytes(numbers);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers are always JSON", e);
    }
  }

  private static void answer(RoutingContext context, byte[] written, Throwable failure) {
    HttpServerResponse response = context.response();
    if (failure != null) {
      context.fail(failure instanceof CompletionException ? failure.getCause() : failure);
    } else if (!response.closed()) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(Buffer.buffer(written));
    }
  }
}

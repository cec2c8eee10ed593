package vn.luot.reading.counters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.luot.site.PublicCall;
import vn.luot.site.Site;
import vn.luot.site.Sites;

/**
 * The short way of those who read counters, past JAX-RS: what all are given within a second is
 * written once. Whatever is unusual goes on to {@link CountersResource}, which answers the same and
 * documents both.
 */
@ApplicationScoped
class CountersRoute {
  private static final String CALL = "/counters";

  /** Behind PublicDoor, before the filters of the frameworks. */
  private static final int BEHIND_THE_DOOR = 998;

  private static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json;charset=UTF-8");
  private static final CharSequence CACHE_CONTROL = HttpHeaders.createOptimized("Cache-Control");
  private static final CharSequence SHORTLY = HttpHeaders.createOptimized(CountersResource.SHORTLY);

  private final Sites sites;
  private final CountersReader reader;
  private final ObjectWriter json;
  private final Map<Integer, Written> written = new ConcurrentHashMap<>();

  CountersRoute(Sites sites, CountersReader reader, ObjectMapper json) {
    this.sites = sites;
    this.reader = reader;
    this.json = json.writerFor(Counters.class);
  }

  /** {@code tag} is the entity's, as the header has it. */
  private record Written(Counters counters, byte[] json, String tag) {}

  void register(@Observes Filters filters) {
    filters.register(this::enter, BEHIND_THE_DOOR);
  }

  private void enter(RoutingContext context) {
    HttpServerRequest request = context.request();
    String slug =
        request.method() == HttpMethod.GET ? PublicCall.siteBefore(CALL, request.path()) : null;
    if (slug == null || !isOrdinary(request)) {
      context.next();
      return;
    }
    Site site = sites.requireReadable(slug);
    reader
        .read(site)
        .whenComplete(
            (counters, failure) -> {
              if (failure == null) {
                answer(context, written(site, counters));
              } else {
                context.fail(failure);
              }
            });
  }

  private static boolean isOrdinary(HttpServerRequest request) {
    String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    return PublicCall.plainlyReadsJson(request.headers())
        && (known == null || known.startsWith("W/\"") && known.indexOf(',') < 0)
        && request.getHeader(HttpHeaders.IF_MODIFIED_SINCE) == null
        && request.getHeader("If-Match") == null;
  }

  private Written written(Site site, Counters counters) {
    Written last = written.get(site.id());
    if (last != null && last.counters == counters) {
      return last;
    }
    try {
      byte[] bytes = json.writeValueAsBytes(counters);
      Written made = new Written(counters, bytes, "W/\"" + counters.version() + '"');
      written.put(site.id(), made);
      return made;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("counters are always JSON", e);
    }
  }

  private static void answer(RoutingContext context, Written counters) {
    HttpServerResponse response = context.response();
    if (response.closed()) {
      return;
    }
    // Too short to be worth compressing; so all may be given the same by a cache.
    response
        .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
        .putHeader(CACHE_CONTROL, SHORTLY)
        .putHeader(HttpHeaders.ETAG, counters.tag);
    if (counters.tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
    } else {
      response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(Buffer.buffer(counters.json));
    }
  }
}

package vn.luot.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import vn.luot.reading.CountersReader.Counters;
import vn.luot.reading.ReadsRoute.SharedRead;
import vn.luot.site.Site;

/** A site's counters as JSON, written once for all who are given the same within a second. */
@ApplicationScoped
class SharedCounters implements SharedRead {
  private final CountersReader reader;
  private final ObjectWriter json;
  private final Map<Integer, Last> last = new ConcurrentHashMap<>();

  SharedCounters(CountersReader reader, ObjectMapper json) {
    this.reader = reader;
    this.json = json.writerFor(Counters.class);
  }

  private record Last(Counters counters, Written written) {}

  @Override
  public String call() {
    return "/counters";
  }

  @Override
  public boolean isOrdinary(RoutingContext context) {
    HttpServerRequest request = context.request();
    String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    return (known == null || known.startsWith("W/\"") && known.indexOf(',') < 0)
        && request.getHeader(HttpHeaders.IF_MODIFIED_SINCE) == null
        && request.getHeader("If-Match") == null;
  }

  @Override
  public CompletionStage<Written> read(Site site, RoutingContext context) {
    return reader.read(site).thenApply(counters -> written(site, counters));
  }

  private Written written(Site site, Counters counters) {
    Last known = last.get(site.id());
    if (known != null && known.counters == counters) {
      return known.written;
    }
    try {
      String tag = "W/\"" + counters.version() + '"';
      // Too short to be worth compressing; so all may be given the same by a cache.
      Written made =
          new Written(json.writeValueAsBytes(counters), null, tag, CountersResource.SHORTLY);
      last.put(site.id(), new Last(counters, made));
      return made;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("counters are always JSON", e);
    }
  }
}

package vn.luot.reading;

import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Gzip;
import vn.luot.connection.RequestStep;
import vn.luot.reading.ReadsRoute.SharedRead.Written;
import vn.luot.site.Site;
import vn.luot.site.door.PublicCall;
import vn.luot.site.registry.Sites;

/** Answers shared reads before JAX-RS. The resources answer the same, and document both. */
@Singleton
class ReadsRoute {
  private static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json;charset=UTF-8");
  private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");

  private final Sites sites;
  private final List<SharedRead> reads;

  ReadsRoute(Sites sites, @All List<SharedRead> reads) {
    this.sites = sites;
    this.reads = reads;
  }

  void register(@Observes Filters filters) {
    RequestStep.SHARED_READS.take(filters, this::enter);
  }

  private void enter(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method() == HttpMethod.GET) {
      for (SharedRead read : reads) {
        String slug = PublicCall.siteBefore(read.call(), request.path());
        if (slug != null
            && PublicCall.plainlyReadsJson(request.headers())
            && read.isOrdinary(context)) {
          read.read(sites.requireReadable(slug), context)
              .whenComplete((written, failure) -> answer(context, written, failure));
          return;
        }
      }
    }
    context.next();
  }

  private static void answer(RoutingContext context, Written written, Throwable failure) {
    HttpServerResponse response = context.response();
    if (failure != null) {
      context.fail(failure);
      return;
    }
    if (response.closed()) {
      return;
    }
    MultiMap asked = context.request().headers();
    if (written.cacheControl() != null) {
      response.putHeader(HttpHeaders.CACHE_CONTROL, written.cacheControl());
    }
    if (written.tag() != null) {
      response.putHeader(HttpHeaders.ETAG, written.tag());
      if (written.tag().equals(asked.get(HttpHeaders.IF_NONE_MATCH))) {
        response.setStatusCode(304).end();
        return;
      }
    }
    boolean gzip = written.gzip() != null && Gzip.isIn(asked.get(HttpHeaders.ACCEPT_ENCODING));
    response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
    if (gzip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
    } else if (written.gzip() == null) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    }
    response.end(Buffer.buffer(gzip ? written.gzip() : written.json()));
  }

  /** A read whose answer many are given: it is put together and written once for all of them. */
  public interface SharedRead {
    /** What follows the site in the path. */
    String call();

    /** Whether nothing unusual is asked for: whatever is goes to the resource. */
    boolean isOrdinary(RoutingContext context);

    CompletionStage<Written> read(Site site, RoutingContext context);

    /**
     * An answer as it is sent.
     *
     * @param gzip the same compressed; null where it is too short to be worth it
     * @param tag the entity's, as the header has it, or null
     * @param cacheControl null where that of all such calls is right
     */
    record Written(
        byte[] json, byte @Nullable [] gzip, @Nullable String tag, @Nullable String cacheControl) {}
  }
}

package vn.luot.openapi;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import vn.luot.connection.Internals;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * Sends the OpenAPI document. The framework would, but with a copy of 400 KB for each who asks: a
 * thousand who did not read it took all of a pod's memory.
 */
@Singleton
class DocumentRoute {
  /** Where the build puts it. */
  private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.";

  private static final String JSON = "application/json";
  private static final String YAML = "application/yaml";
  private static final String PATHS = "/q/openapi(\\.json|\\.ya?ml)?/?";

  /** Behind the steps of every request, before the framework. */
  private static final int ORDER = 1;

  void register(@Observes Router router) {
    Buffer json = read("JSON");
    Buffer yaml = read("YAML");
    router.routeWithRegex(PATHS).order(ORDER).handler(context -> send(context, json, yaml));
  }

  private static void send(RoutingContext context, Buffer json, Buffer yaml) {
    HttpMethod method = context.request().method();
    if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
      context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
      context.fail(405, Refusal.of(Reason.METHOD_NOT_ALLOWED, "Use GET."));
      return;
    }
    boolean asJson = isJsonAsked(context.request());
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, (asJson ? JSON : YAML) + ";charset=UTF-8")
        .end(asJson ? json : yaml);
  }

  /** By the same rules as the framework. */
  private static boolean isJsonAsked(HttpServerRequest request) {
    if (request.path().contains(".")) {
      return request.path().contains(".json");
    }
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.contains(JSON)
        || "JSON".equalsIgnoreCase(request.getParam("format"));
  }

  private static Buffer read(String format) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream in = loader.getResourceAsStream(DOCUMENT + format)) {
      if (in == null) {
        throw new IllegalStateException("the build has written no " + format);
      }
      return Internals.shared(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package vn.luot.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.RefusalMetrics;
import vn.luot.refusal.Refusals;
import vn.luot.site.door.PublicCall;

/** Answers what JAX-RS resources, and JAX-RS itself, refuse. */
class ProblemMappers {
  private final RefusalMetrics metrics;
  private final AllowedMethods allowed;

  ProblemMappers(RefusalMetrics metrics, AllowedMethods allowed) {
    this.metrics = metrics;
    this.allowed = allowed;
  }

  @ServerExceptionMapper
  Response refusal(Refusal refusal, HttpServerRequest request) {
    return answer(refusal, request).build();
  }

  @ServerExceptionMapper
  Response framework(WebApplicationException refused, HttpServerRequest request) {
    if (refused.getResponse().getStatus() < 400) {
      return refused.getResponse();
    }
    Refusal refusal = Refusals.of(refused);
    Response.ResponseBuilder answer = answer(refusal, request);
    if (refusal.reason() == Reason.METHOD_NOT_ALLOWED) {
      answer.header(HttpHeaders.ALLOW, allowed.of(request.path()));
    }
    return answer.build();
  }

  @ServerExceptionMapper
  Response error(Throwable failure, HttpServerRequest request) {
    return answer(Refusals.of(failure), request).build();
  }

  private Response.ResponseBuilder answer(Refusal refusal, HttpServerRequest request) {
    metrics.count(PublicCall.label(request.method(), request.path()), refusal);
    ProblemText problem = ProblemText.of(refusal, request.path(), request.headers());
    Response.ResponseBuilder answer =
        Response.status(refusal.reason().status()).type(problem.type()).entity(problem.text());
    problem.headers().forEach(answer::header);
    return answer;
  }

  /** The methods of a path, which JAX-RS keeps to itself: as the OpenAPI document lists them. */
  @Singleton
  static class AllowedMethods {
    /** Where the build puts the document. */
    private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.JSON";

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final ObjectMapper json;
    private volatile @Nullable Map<Pattern, Set<String>> byPath;

    AllowedMethods(ObjectMapper json) {
      this.json = json;
    }

    /** As the header Allow lists them; empty of a path that is not documented. */
    String of(String path) {
      if (byPath == null) {
        byPath = read();
      }
      Set<String> methods = new TreeSet<>();
      byPath.forEach(
          (pattern, of) -> {
            if (pattern.matcher(path).matches()) {
              methods.addAll(of);
            }
          });
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      methods.add("OPTIONS");
      return String.join(", ", methods);
    }

    private Map<Pattern, Set<String>> read() {
      Map<Pattern, Set<String>> found = new LinkedHashMap<>();
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      try (InputStream document = loader.getResourceAsStream(DOCUMENT)) {
        JsonNode paths = document == null ? json.nullNode() : json.readTree(document).path("paths");
        paths.properties().forEach(path -> found.put(pattern(path.getKey()), of(path.getValue())));
        return found;
      } catch (IOException e) {
        throw new UncheckedIOException("the build writes JSON", e);
      }
    }

    private static Pattern pattern(String path) {
      return Pattern.compile(path.replaceAll("\\{[^}]*}", "[^/]+").replace(".", "\\."));
    }

    private static Set<String> of(JsonNode operations) {
      Set<String> methods = new TreeSet<>();
      operations.fieldNames().forEachRemaining(name -> methods.add(name.toUpperCase(Locale.ROOT)));
      methods.retainAll(METHODS);
      return methods;
    }
  }
}

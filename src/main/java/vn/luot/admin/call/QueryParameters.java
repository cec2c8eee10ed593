package vn.luot.admin.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import vn.luot.refusal.Refusal;

/**
 * Refuses query parameters that an owners' call does not take, by name: who asks for the series of
 * one page must not be answered with that of the site. What a call takes is what the OpenAPI
 * document says of it, so that neither knows more than the other.
 */
@Singleton
public class QueryParameters {
  private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.JSON";
  private static final String ADMIN = "/admin/";

  /** What a refusal repeats of a name; no parameter's is longer. */
  private static final int LONGEST = 100;

  private final List<Call> calls = new ArrayList<>();

  QueryParameters(ObjectMapper json) {
    try (InputStream document =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(DOCUMENT)) {
      json.readTree(document).get("paths").properties().stream()
          .filter(path -> path.getKey().startsWith(ADMIN))
          .forEach(path -> add(path.getKey(), path.getValue()));
    } catch (IOException e) {
      throw new IllegalStateException("the build has written the OpenAPI document", e);
    }
  }

  /** Reads the document with the start, not with somebody's call. */
  void start(@Observes StartupEvent start) {}

  private record Call(String method, String[] path, Set<String> parameters) {
    boolean is(String asked, String[] segments) {
      boolean same = method.equals(asked) && path.length == segments.length;
      for (int i = 0; same && i < path.length; i++) {
        same = path[i].startsWith("{") || path[i].equals(segments[i]);
      }
      return same;
    }
  }

  private void add(String path, JsonNode described) {
    described
        .properties()
        .forEach(
            method -> {
              Set<String> parameters = new TreeSet<>();
              for (JsonNode parameter : method.getValue().path("parameters")) {
                if (parameter.path("in").asText().equals("query")) {
                  parameters.add(parameter.get("name").asText());
                }
              }
              calls.add(new Call(method.getKey(), path.split("/"), parameters));
            });
  }

  /** 400 where one is unknown or given twice. */
  public void requireKnown(HttpServerRequest request) {
    if (request.query() == null || request.query().isEmpty()) {
      return;
    }
    String method = request.method().name().equals("HEAD") ? "get" : request.method().name();
    String[] path = request.path().split("/");
    calls.stream()
        .filter(call -> call.is(method.toLowerCase(Locale.ROOT), path))
        .findFirst()
        .ifPresent(call -> requireKnown(call.parameters, request.query()));
  }

  private static void requireKnown(Set<String> known, String query) {
    Set<String> given = new HashSet<>();
    for (String part : query.split("&")) {
      String name = name(part);
      if (!part.isEmpty() && !known.contains(name)) {
        throw Refusal.ofRange(
            name,
            known.isEmpty()
                ? "is no parameter of this call, which takes none"
                : "is no parameter of this call; it takes " + String.join(", ", known));
      }
      if (!part.isEmpty() && !given.add(name)) {
        throw Refusal.ofRange(name, "is given twice; give it once");
      }
    }
  }

  private static String name(String part) {
    String written = part.contains("=") ? part.substring(0, part.indexOf('=')) : part;
    written = written.length() > LONGEST ? written.substring(0, LONGEST) : written;
    try {
      return URLDecoder.decode(written, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return written;
    }
  }
}

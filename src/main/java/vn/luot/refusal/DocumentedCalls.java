package vn.luot.refusal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The calls that the OpenAPI document describes, so that nothing else need know what they take. */
@Singleton
public class DocumentedCalls {
  /** Where the build puts the document. */
  private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.JSON";

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private final List<Call> calls = new ArrayList<>();

  DocumentedCalls(ObjectMapper json) {
    try (InputStream document =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(DOCUMENT)) {
      json.readTree(document)
          .get("paths")
          .properties()
          .forEach(path -> add(path.getKey(), path.getValue()));
    } catch (IOException e) {
      throw new IllegalStateException("the build has written the OpenAPI document", e);
    }
  }

  /** Reads the document with the start, not with somebody's call. */
  void start(@Observes StartupEvent start) {}

  /**
   * A call.
   *
   * @param method in capital letters
   * @param parameters the names of those in the query
   */
  public record Call(String method, String[] path, Set<String> parameters) {
    private boolean isAt(String[] segments) {
      boolean same = path.length == segments.length;
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
            call -> {
              String method = call.getKey().toUpperCase(Locale.ROOT);
              if (METHODS.contains(method)) {
                calls.add(new Call(method, path.split("/"), parameters(call.getValue())));
              }
            });
  }

  private static Set<String> parameters(JsonNode call) {
    Set<String> parameters = new TreeSet<>();
    for (JsonNode parameter : call.path("parameters")) {
      if (parameter.path("in").asText().equals("query")) {
        parameters.add(parameter.get("name").asText());
      }
    }
    return parameters;
  }

  /** What may be called at the path of a request; nothing where it is not documented. */
  public List<Call> at(String path) {
    String[] segments = path.split("/");
    return calls.stream().filter(call -> call.isAt(segments)).toList();
  }
}

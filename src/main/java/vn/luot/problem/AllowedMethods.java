package vn.luot.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The methods of a path, which JAX-RS keeps to itself: as the OpenAPI document lists them. */
@Singleton
class AllowedMethods {
  /** Where the build puts the document. */
  private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.JSON";

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private final ObjectMapper json;
  private volatile Map<Pattern, Set<String>> byPath;

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

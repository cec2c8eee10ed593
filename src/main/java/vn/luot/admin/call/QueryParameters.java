package vn.luot.admin.call;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import vn.luot.refusal.DocumentedCalls;
import vn.luot.refusal.Refusal;

/**
 * Refuses query parameters that an owners' call does not take, by name: who asks for the series of
 * one page must not be answered with that of the site. What a call takes is what the OpenAPI
 * document says of it, so that neither knows more than the other.
 */
@Singleton
public class QueryParameters {
  /** What a refusal repeats of a name; no parameter's is longer. */
  private static final int LONGEST = 100;

  private final DocumentedCalls calls;

  QueryParameters(DocumentedCalls calls) {
    this.calls = calls;
  }

  /** 400 where one is unknown or given twice. */
  public void requireKnown(HttpServerRequest request) {
    if (request.query() == null || request.query().isEmpty()) {
      return;
    }
    String method = request.method().name().equals("HEAD") ? "GET" : request.method().name();
    calls.at(request.path()).stream()
        .filter(call -> call.method().equals(method))
        .findFirst()
        .ifPresent(call -> requireKnown(call.parameters(), request.query()));
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

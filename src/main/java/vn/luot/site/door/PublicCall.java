package vn.luot.site.door;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The public call that a path names, as metrics label it: labels must not grow with requests. */
public final class PublicCall {
  static final String PREFIX = "/v1/sites/";

  /** All but {@code preflight}, which asks for nothing. */
  static final Set<String> LABELS =
      Set.of(
          "hits",
          "heartbeats",
          "counters",
          "pages",
          "pages/top",
          "rating",
          "methodology",
          "group",
          "badge.svg",
          "other");

  private static final String VOTE = "/rating";

  private PublicCall() {}

  /** Neither a preflight nor a look at a head is the call it is about. */
  public static String label(HttpMethod method, String path) {
    if (method == HttpMethod.OPTIONS) {
      return "preflight";
    }
    return path == null || method == HttpMethod.HEAD ? "other" : label(path);
  }

  /** The site that a path names in front of a call such as {@code /hits}; null of other calls. */
  public static @Nullable String siteBefore(String call, String path) {
    int end = path.length() - call.length();
    boolean isIt =
        path.startsWith(PREFIX) && path.endsWith(call) && path.indexOf('/', PREFIX.length()) == end;
    return isIt ? path.substring(PREFIX.length(), end) : null;
  }

  /**
   * A page or a form that a person opens, wherever the link to it stands: it changes nothing before
   * that person has agreed, so that no origin is needed.
   */
  static boolean asksPerson(HttpServerRequest request) {
    String path = request.path();
    return request.method() == HttpMethod.POST && siteBefore(VOTE, path) != null
        || request.method() == HttpMethod.GET && path.endsWith(VOTE + "/form");
  }

  /** As every browser and most programs ask for it. */
  public static boolean plainlyAcceptsJson(MultiMap headers) {
    String accept = headers.get(HttpHeaders.ACCEPT);
    return accept == null || accept.equals("*/*") || accept.equals("application/json");
  }

  /** As every browser and most programs read JSON. */
  public static boolean plainlyReadsJson(MultiMap headers) {
    return plainlyAcceptsJson(headers)
        && headers.get(HttpHeaders.CONTENT_LENGTH) == null
        && headers.get(HttpHeaders.TRANSFER_ENCODING) == null;
  }

  /** How long an answer to a read may be given to others, unless the call says otherwise. */
  static String cacheControl(String call) {
    return switch (call) {
      // Shared by all who ask for the same, see SharedLists; lists are as old as the last flush.
      case "pages" -> "public, max-age=2";
      case "pages/top" -> "public, max-age=5, stale-while-revalidate=30";
      case "methodology" -> "public, max-age=60";
      case "group" -> "public, max-age=10, stale-while-revalidate=30";
      // A vote is to be seen by whoever cast it.
      case "rating" -> "no-cache";
      default -> "no-store";
    };
  }

  private static String label(String path) {
    int end = path.startsWith(PREFIX) ? path.indexOf('/', PREFIX.length()) : -1;
    String call = end < 0 ? "" : path.substring(end + 1);
    if (call.equals("hit.gif")) {
      return "hits";
    }
    return LABELS.contains(call) ? call : "other";
  }
}

package vn.luot.site.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import vn.luot.refusal.Refusal;

/** What between the slashes of a path belongs to a page: sessions and own documents do not. */
public final class PathSegments {
  /** What a server shows for a directory: the page is the same without it. */
  private static final Set<String> DOCUMENTS =
      Set.of(
          "index.html",
          "index.htm",
          "index.php",
          "index.jsp",
          "index.asp",
          "index.aspx",
          "default.html",
          "default.htm",
          "default.asp",
          "default.aspx");

  private static final String SERVLET_SESSION = ";jsessionid=";

  private PathSegments() {}

  /** Without what names no page of its own. {@code path} is decoded. */
  public static String kept(String path, boolean ignoreIndex, String field) {
    List<String> kept = new ArrayList<>();
    for (String written : path.split("/")) {
      String segment = withoutSession(written);
      if (segment.equals("..")) {
        throw Refusal.ofField(field, "a path may not contain ..");
      }
      boolean none = segment.isEmpty() || segment.equals(".") || isSession(segment);
      if (!none && !(ignoreIndex && isDocument(segment))) {
        kept.add(segment);
      }
    }
    while (!kept.isEmpty() && isDocument(kept.get(kept.size() - 1))) {
      kept.remove(kept.size() - 1);
    }
    return String.join("/", kept);
  }

  public static boolean isDocument(String segment) {
    int dot = segment.indexOf('.');
    return (dot == 5 || dot == 7) && DOCUMENTS.contains(segment.toLowerCase(Locale.ROOT));
  }

  /** {@code (S(lit3py55t21z5v55vlm25s55))}: an ASP.NET session without cookies. */
  private static boolean isSession(String segment) {
    return segment.length() > 4
        && "ASF".indexOf(segment.charAt(1)) >= 0
        && segment.startsWith("(")
        && segment.charAt(2) == '('
        && segment.endsWith("))");
  }

  private static String withoutSession(String segment) {
    for (int i = segment.indexOf(';'); i >= 0; i = segment.indexOf(';', i + 1)) {
      if (segment.regionMatches(true, i, SERVLET_SESSION, 0, SERVLET_SESSION.length())) {
        return segment.substring(0, i);
      }
    }
    return segment;
  }
}

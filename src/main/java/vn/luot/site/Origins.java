package vn.luot.site;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes an origin as browsers send it, since origins are compared letter by letter. */
public final class Origins {
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int LONGEST = 300;

  private Origins() {}

  /** Null where it is no origin. Source: RFC 6454, section 6.2. */
  public static @Nullable String normal(@Nullable String written) {
    if (written == null || written.length() > LONGEST) {
      return null;
    }
    int host = written.indexOf("://");
    if (host < 0) {
      return null;
    }
    try {
      // Name only: an origin has no user, path, query or fragment.
      String authority = written.substring(host + 3).toLowerCase(Locale.ROOT);
      int colon = authority.startsWith("[") ? authority.indexOf("]:") + 1 : authority.indexOf(':');
      String name = colon > 0 ? authority.substring(0, colon) : authority;
      String port = colon > 0 ? authority.substring(colon) : "";
      String ascii = name.startsWith("[") ? name : IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES);
      return normal(
          new URI(written.substring(0, host).toLowerCase(Locale.ROOT) + "://" + ascii + port));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String normal(URI uri) {
    boolean bare =
        uri.getHost() != null
            && uri.getRawUserInfo() == null
            && uri.getRawPath().isEmpty()
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getPort() <= 65535
            && !uri.getHost().endsWith(".");
    if (!bare || !SCHEMES.contains(uri.getScheme())) {
      return null;
    }
    int standard = uri.getScheme().equals("https") ? 443 : 80;
    String port = uri.getPort() < 0 || uri.getPort() == standard ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port;
  }
}

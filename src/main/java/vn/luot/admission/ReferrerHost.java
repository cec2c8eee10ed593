package vn.luot.admission;

import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.luot.site.Site;

/** Where a visitor came from, of which only the host is ever kept. */
public final class ReferrerHost {
  private static final int MOST_CHARS = 253;
  private static final int MOST_LABEL = 63;
  private static final String WWW = "www.";

  private ReferrerHost() {}

  /**
   * The host of a web address, in ASCII and lower case, without port and {@code www.}; null where
   * there is none, and where it is one of the site's own.
   */
  public static @Nullable String of(@Nullable String referrer, Site site) {
    String host = referrer == null ? null : hostOf(referrer.strip());
    if (host != null) {
      for (String origin : site.rules().origins()) {
        if (host.equals(hostOf(origin))) {
          return null;
        }
      }
    }
    return host;
  }

  private static @Nullable String hostOf(String address) {
    int colon = address.indexOf("://");
    String scheme = colon < 0 ? "" : address.substring(0, colon);
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
      return null;
    }
    int begin = colon + 3;
    int end = begin;
    while (end < address.length() && "/?#\\".indexOf(address.charAt(end)) < 0) {
      end++;
    }
    String authority = address.substring(begin, end);
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    int port = authority.indexOf(':');
    return normal(port < 0 ? authority : authority.substring(0, port));
  }

  private static @Nullable String normal(String written) {
    String host = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
    if (host.isEmpty() || host.length() > MOST_CHARS) {
      return null;
    }
    try {
      host = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notAHost) {
      return null;
    }
    host = host.startsWith(WWW) ? host.substring(WWW.length()) : host;
    return isHost(host) ? host : null;
  }

  private static boolean isHost(String host) {
    int label = 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean dot = c == '.';
      if (dot && label == 0 || !dot && !isOfLabel(c) || label > MOST_LABEL) {
        return false;
      }
      label = dot ? 0 : label + 1;
    }
    return label > 0 && label <= MOST_LABEL && host.length() <= MOST_CHARS;
  }

  private static boolean isOfLabel(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
  }
}

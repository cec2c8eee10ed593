package vn.luot.hit;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.regex.Pattern;
import vn.luot.site.door.PublicCall;

/** Tells hits that every browser and most programs send from unusual ones. */
final class OrdinaryHit {
  private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9.-]{1,255}(:[0-5]?[0-9]{1,4})?");

  private OrdinaryHit() {}

  /**
   * Whether these are its headers. A body of unknown length is bounded elsewhere, and one that
   * waits to be asked for is asked for elsewhere.
   */
  static boolean is(MultiMap headers) {
    String type = headers.get(HttpHeaders.CONTENT_TYPE);
    return isShort(headers.get(HttpHeaders.CONTENT_LENGTH))
        && isKept(headers)
        && headers.get(HttpHeaders.TRANSFER_ENCODING) == null
        && headers.get(HttpHeaders.EXPECT) == null
        && PublicCall.plainlyAcceptsJson(headers)
        && type != null
        && (isType(type, "application/json") || isType(type, "text/plain"));
  }

  private static boolean isShort(String length) {
    return length != null
        && (length.length() < 4
            || length.length() == 4 && Integer.parseInt(length) <= HitReader.MOST_BYTES);
  }

  private static boolean isKept(MultiMap headers) {
    String connection = headers.get(HttpHeaders.CONNECTION);
    return connection == null
        || connection.equalsIgnoreCase("keep-alive")
            && !headers.contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true);
  }

  /** A name or an IPv4 address; all others, some of them good, are the server's to judge. */
  static boolean isHost(String host) {
    return HOST.matcher(host).matches();
  }

  private static boolean isType(String given, String wanted) {
    return given.startsWith(wanted)
        && (given.length() == wanted.length() || given.charAt(wanted.length()) == ';');
  }
}

package vn.luot.widget;

import java.net.URI;

/** The page that shows a picture, as far as its browser tells. */
final class Referring {

  private Referring() {}

  /** Path and query of the address; null where there is none. */
  static String page(String referer) {
    if (referer == null) {
      return null;
    }
    try {
      var address = URI.create(referer);
      var path = address.getRawPath();
      if (path == null || path.isEmpty()) {
        return null;
      }
      return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }
}

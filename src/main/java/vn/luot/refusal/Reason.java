package vn.luot.refusal;

import java.util.Locale;

/** Why a request was refused: the problem's stable type, and the metric's label. */
public enum Reason {
  MALFORMED(400, "The request cannot be read"),
  UNAUTHENTICATED(401, "No key, or one that is not in force"),
  ORIGIN_NOT_ALLOWED(403, "This origin is not allowed for the site"),
  READING_CLOSED(403, "This site's numbers are not public"),
  RATING_CLOSED(403, "Rating is closed"),
  NOT_PERMITTED(403, "Not within this key's reach"),
  NOT_FOUND(404, "Nothing is here"),
  UNKNOWN_SITE(404, "No such site"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  NOT_ACCEPTABLE(406, "No acceptable representation"),
  CONFLICT(409, "Something else has this place"),
  TOO_LARGE(413, "The body is too large"),
  ADDRESS_TOO_LONG(414, "The address is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "Media type not supported"),
  OUT_OF_RANGE(422, "A value is not allowed"),
  TOO_MANY(429, "Too many requests"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL(500, "An error inside Luot"),
  OVERLOADED(503, "Too much is waiting"),
  NOT_STORED(503, "The counts could not be stored"),
  NOT_READABLE(503, "The numbers cannot be read at the moment");

  private final int status;
  private final String title;

  Reason(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The reason as it appears in problem types and metric labels, such as {@code unknown-site}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

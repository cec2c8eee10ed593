package vn.luot.connection;

/** Whether a client takes answers compressed. */
public final class Gzip {
  private Gzip() {}

  /**
   * By RFC 9110, section 12.5.3.
   *
   * @param accepted the header Accept-Encoding, or null
   */
  public static boolean isIn(String accepted) {
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.split(",")) {
      String[] parts = coding.split(";", 2);
      if (parts[0].strip().equalsIgnoreCase("gzip")) {
        return parts.length == 1 || !parts[1].strip().matches("(?i)q=0(\\.0{0,3})?");
      }
    }
    return false;
  }
}

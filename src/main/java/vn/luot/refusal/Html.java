package vn.luot.refusal;

/** Text as it stands in a page. */
public final class Html {
  private Html() {}

  /** For text and for attributes in double quotes. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

package vn.luot.admin.imports.format;

import java.util.regex.Pattern;
import vn.luot.refusal.Refusal;

/** A kind of file. */
public interface Format {
  Pattern NUMBER = Pattern.compile("[0-9]{1,16}");

  /** Called once before it is read. Blocks. */
  default void prepare(Body body, KnownPages pages) {}

  /** Reads it from the beginning; called again, it gives the same. */
  void read(Body body, Sink sink);

  /** Reads a number; refuses it in the sink, and gives null, where it is none. Blank is null. */
  static Long number(String written, long line, int column, String name, Sink sink) {
    if (written.isEmpty()) {
      return null;
    }
    if (NUMBER.matcher(written).matches()) {
      return Long.valueOf(written);
    }
    sink.refuse(
        line,
        column,
        name
            + ": "
            + (written.matches("[0-9]{1,3}([., '\u00a0\u202f][0-9]{3})+")
                ? "write the number without separators, as " + written.replaceAll("[^0-9]", "")
                : "a whole number from 0, or nothing"));
    return null;
  }

  /** What a refusal says of a page, without the name of a field. */
  static String detail(Refusal refusal) {
    return refusal.errors().isEmpty() ? refusal.getMessage() : refusal.errors().get(0).detail();
  }
}

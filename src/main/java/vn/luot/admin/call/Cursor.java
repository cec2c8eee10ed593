package vn.luot.admin.call;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import vn.luot.refusal.Refusal;

/** Where a list goes on: opaque to callers, and only good for the list it came with. */
public final class Cursor {
  private static final String SEPARATOR = "\n";
  private static final int LONGEST = 2048;

  private Cursor() {}

  /** {@code list} is what tells this list from others; {@code place} has no control characters. */
  public static String of(Object list, String... place) {
    String text = tag(list) + SEPARATOR + String.join(SEPARATOR, place);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String tag(Object list) {
    return Integer.toHexString(list.toString().hashCode());
  }

  /** The parts of the place, {@code parts} of them. */
  public static List<String> read(String cursor, Object list, int parts) {
    if (cursor.length() <= LONGEST) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        List<String> read = List.of(text.split(SEPARATOR, -1));
        if (read.size() == parts + 1
            && read.get(0).equals(tag(list))
            && read.stream().noneMatch(Cursor::hasControl)) {
          return read.subList(1, read.size());
        }
      } catch (IllegalArgumentException e) {
        // Answered below, like the cursor of another list.
      }
    }
    throw refusal();
  }

  /** A part that is a number. */
  public static long number(String part) {
    try {
      return Long.parseLong(part);
    } catch (NumberFormatException e) {
      throw refusal();
    }
  }

  /** No place has any, and PostgreSQL refuses a NUL as an error of the query. */
  private static boolean hasControl(String part) {
    return part.chars().anyMatch(Character::isISOControl);
  }

  /** What a cursor that somebody made up is answered with. */
  public static Refusal refusal() {
    return Refusal.ofField("cursor", "send next as it was answered, with the same parameters");
  }
}

package vn.luot.visitor;

import java.util.List;

/**
 * Reads the addresses of {@code X-Forwarded-For} or {@code Forwarded} one by one from the right,
 * and no more of them than asked for: what is further left may be anything.
 */
final class HopsFromRight {
  private static final String FOR = "for=";

  private final List<String> lines;
  private int line;

  /** Where the part of the current line that is not read yet ends. */
  private int end;

  HopsFromRight(List<String> lines) {
    this.lines = lines;
    this.line = lines.size();
  }

  /** The next address; null where there is none, or something that is none. */
  byte[] next() {
    while (end <= 0) {
      if (line == 0) {
        return null;
      }
      line--;
      end = lines.get(line).length();
    }
    String text = lines.get(line);
    int comma = text.lastIndexOf(',', end - 1);
    String hop = text.substring(comma + 1, end);
    end = comma;
    return AddressText.parse(address(hop));
  }

  /** Of {@code for="[2001:db8::1]:4711";proto=https}, or of a bare address. */
  private static String address(String hop) {
    if (hop.indexOf('=') < 0) {
      return hop;
    }
    for (String pair : hop.split(";")) {
      String stripped = pair.strip();
      if (stripped.regionMatches(true, 0, FOR, 0, FOR.length())) {
        return stripped.substring(FOR.length());
      }
    }
    return "";
  }
}

package vn.luot.visitor;

/**
 * Finds in a regular expression the longest text that every match contains. Knows what the list of
 * robots uses; of anything else it makes less than there is, never more.
 */
final class SignLiteral {
  private final String sign;
  private final StringBuilder run = new StringBuilder();
  private String longest = "";
  private int at;

  private SignLiteral(String sign) {
    this.sign = sign;
  }

  /** Empty where there is none. */
  static String of(String sign) {
    return new SignLiteral(sign).find();
  }

  private String find() {
    while (at < sign.length()) {
      char c = sign.charAt(at);
      switch (c) {
        case '|' -> {
          return "";
        }
        case '(' -> skipGroup();
        case '[' -> skipTo(']');
        case '{' -> {
          dropLast();
          skipTo('}');
        }
        case '?', '*' -> dropLast();
        case '.', '^', '$', '+' -> end();
        case '\\' -> escaped();
        default -> run.append(c);
      }
      at++;
    }
    end();
    return longest;
  }

  /** A backslash before a letter or digit means a class of characters, else the character. */
  private void escaped() {
    at++;
    if (at < sign.length() && !Character.isLetterOrDigit(sign.charAt(at))) {
      run.append(sign.charAt(at));
    } else {
      end();
    }
  }

  private void skipGroup() {
    end();
    int depth = 0;
    for (; at < sign.length(); at++) {
      char c = sign.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return;
      }
    }
  }

  private void skipTo(char close) {
    end();
    while (at < sign.length() && sign.charAt(at) != close) {
      at += sign.charAt(at) == '\\' ? 2 : 1;
    }
  }

  /** What comes before {@code ?}, {@code *} or a count may be missing. */
  private void dropLast() {
    if (!run.isEmpty()) {
      run.setLength(run.length() - 1);
    }
    end();
  }

  private void end() {
    if (run.length() > longest.length()) {
      longest = run.toString();
    }
    run.setLength(0);
  }
}

package vn.luot.admin.imports.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Takes an SQL dump of MySQL apart into words, strings and signs. Works on bytes as {@link
 * CsvReader} does; what is longer than Luot needs (articles) is passed over.
 */
final class SqlReader {
  private static final int LONGEST = 4096;

  /** What a token is. */
  enum Kind {
    /** A name or a number. */
    WORD,
    /** A name in backticks. */
    NAME,
    STRING,
    SIGN,
    END
  }

  private final InputStream in;
  private final byte[] token = new byte[LONGEST];
  private int length;
  private int next;
  private int after;
  private long line = 1;

  Kind kind;
  String text;

  /** Where the token begins. */
  long at;

  SqlReader(Body body) {
    in = body.open();
    next = raw();
    after = raw();
  }

  private int raw() {
    try {
      return in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void advance() {
    line += next == '\n' || next == '\r' && after != '\n' ? 1 : 0;
    next = after;
    after = next < 0 ? -1 : raw();
  }

  boolean isSign(char sign) {
    return kind == Kind.SIGN && text.charAt(0) == sign;
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /** Goes to the next token. */
  void advanceToken() {
    passOver();
    at = line;
    length = 0;
    if (next < 0) {
      kind = Kind.END;
      text = "";
    } else if (next == '\'' || next == '"') {
      quoted(next, Kind.STRING);
    } else if (next == '`') {
      quoted(next, Kind.NAME);
    } else if (isWordByte(next)) {
      while (isWordByte(next)) {
        take();
      }
      end(Kind.WORD);
    } else {
      take();
      end(Kind.SIGN);
    }
  }

  private static boolean isWordByte(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '$'
        || c == '.'
        || c == '-'
        || c == '+'
        || c >= 128;
  }

  /** Blanks, and comments; MySQL's conditional ones too, which set nothing that matters here. */
  private void passOver() {
    while (next >= 0) {
      if (next <= ' ') {
        advance();
      } else if (next == '#' || next == '-' && after == '-') {
        while (next >= 0 && next != '\n' && next != '\r') {
          advance();
        }
      } else if (next == '/' && after == '*') {
        while (next >= 0 && !(next == '*' && after == '/')) {
          advance();
        }
        advance();
        advance();
      } else {
        return;
      }
    }
  }

  private void take() {
    if (length < LONGEST) {
      token[length++] = (byte) next;
    }
    advance();
  }

  /** A quote is doubled, or escaped with a backslash, to stand for itself. */
  private void quoted(int quote, Kind kind) {
    advance();
    while (next >= 0) {
      if (next == '\\' && quote != '`') {
        advance();
      } else if (next == quote) {
        if (after != quote) {
          break;
        }
        advance();
      }
      take();
    }
    if (next < 0) {
      throw new Unreadable(at, 0, "a quote is opened and never closed", true);
    }
    advance();
    end(kind);
  }

  private void end(Kind kind) {
    this.kind = kind;
    this.text = new String(token, 0, length, StandardCharsets.UTF_8);
  }
}

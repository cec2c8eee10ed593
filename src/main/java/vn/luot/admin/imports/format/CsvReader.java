package vn.luot.admin.imports.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the records of a CSV file (RFC 4180, UTF-8, with or without a byte order mark). It works on
 * bytes: separators, quotes and line ends are ASCII and never part of another character, so memory
 * is bounded by the longest record that is taken.
 */
final class CsvReader {
  private static final int LONGEST_RECORD = 1 << 16;
  private static final int MOST_FIELDS = 256;

  private final InputStream in;
  private final byte[] record = new byte[LONGEST_RECORD];
  private int separator;
  private int next;
  private long line = 1;
  private long begin;
  private int used;

  /** {@code separator} may be 0: then it is what the first line has most of. */
  CsvReader(Body body, char separator) {
    this.in = body.open();
    this.separator = separator == 0 ? detect(body) : separator;
    this.next = readRaw();
    if (next == 0xEF) {
      skipMark();
    }
  }

  private static char detect(Body body) {
    int[] found = new int[128];
    boolean quoted = false;
    try (InputStream in = body.open()) {
      int c = in.read();
      for (int i = 0; i < LONGEST_RECORD && c >= 0 && (quoted || c != '\n' && c != '\r'); i++) {
        quoted ^= c == '"';
        if (!quoted && c < 128) {
          found[c]++;
        }
        c = in.read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found[';'] > found[','] && found[';'] > found['\t']
        ? ';'
        : found['\t'] > found[','] ? '\t' : ',';
  }

  private void skipMark() {
    readRaw();
    readRaw();
    next = readRaw();
  }

  private int readRaw() {
    try {
      return in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the record returned last begins. */
  long line() {
    return begin;
  }

  /** The fields of the next record; null at the end. Blank lines are passed over. */
  List<String> read() {
    while (next == '\n' || next == '\r') {
      advance();
    }
    if (next < 0) {
      return null;
    }
    begin = line;
    used = 0;
    List<String> fields = new ArrayList<>();
    while (true) {
      fields.add(field(fields.size() + 1));
      if (next != separator) {
        break;
      }
      advance();
      if (fields.size() == MOST_FIELDS) {
        skipLine();
        throw new Unreadable(begin, 0, "at most " + MOST_FIELDS + " fields a line", false);
      }
    }
    return fields;
  }

  private String field(int column) {
    int from = used;
    boolean quoted = next == '"';
    if (quoted) {
      advance();
    }
    while (true) {
      if (quoted && next == '"') {
        advance();
        if (next != '"') {
          break;
        }
      } else if (!quoted && (next == separator || next == '\n' || next == '\r')) {
        break;
      }
      if (next < 0) {
        if (quoted) {
          throw new Unreadable(begin, column, "a quote is opened and never closed", true);
        }
        break;
      }
      if (used == LONGEST_RECORD) {
        throw tooLong(column, quoted);
      }
      record[used++] = (byte) next;
      advance();
    }
    if (quoted && next >= 0 && next != separator && next != '\n' && next != '\r') {
      skipLine();
      throw new Unreadable(
          begin, column, "after a closing quote there may only be the next field", false);
    }
    return text(from, column);
  }

  private Unreadable tooLong(int column, boolean quoted) {
    if (!quoted) {
      skipLine();
    }
    return new Unreadable(
        begin,
        column,
        quoted
            ? "a quote is opened and not closed within " + LONGEST_RECORD + " bytes"
            : "a line has at most " + LONGEST_RECORD + " bytes",
        quoted);
  }

  private String text(int from, int column) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(record, from, used - from))
          .toString();
    } catch (CharacterCodingException e) {
      skipLine();
      throw new Unreadable(begin, column, "not UTF-8: save the file as UTF-8", false);
    }
  }

  private void skipLine() {
    while (next >= 0 && next != '\n' && next != '\r') {
      advance();
    }
  }

  private void advance() {
    int passed = next;
    next = readRaw();
    line += passed == '\n' || passed == '\r' && next != '\n' ? 1 : 0;
  }
}

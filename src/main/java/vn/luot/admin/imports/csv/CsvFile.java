package vn.luot.admin.imports.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.imports.Body;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.Refusal.FieldError;

/**
 * Reads a CSV file (RFC 4180, UTF-8), whose lines are read as {@code L}. Its first line that is not
 * blank names the columns and, by what it has most of, the separator: a comma, semicolon or tab.
 * Memory is bounded by the longest field that is taken.
 */
public final class CsvFile<L> {
  private static final int LONGEST_FIELD = 1 << 14;
  private static final int MOST_COLUMNS = 256;

  private static final CsvFactory CSV =
      CsvFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_FIELD).build())
          .build();

  private final Body body;
  private final Lines<L> lines;

  public CsvFile(Body body, Lines<L> lines) {
    this.body = body;
    this.lines = lines;
  }

  /** Where lines go. */
  public interface Sink<L> {
    void accept(L line);

    /** {@code column} is counted from 1; 0 is the line as a whole. */
    void refuse(long line, int column, String detail);
  }

  /** What a file may have and what its lines mean. */
  public interface Lines<L> {
    List<String> columns();

    /** What to name as well; null where nothing is missing. */
    @Nullable String missing(Set<String> columns);

    /** Refuses, naming a column, what is wrong. */
    L read(long number, Fields fields);
  }

  /** The fields of one line; fields that are missing at its end are blank. */
  public record Fields(List<String> header, List<String> values) {
    public String of(String column) {
      int at = header.indexOf(column);
      return at < 0 || at >= values.size() ? "" : values.get(at);
    }
  }

  /**
   * Reads it from the beginning; called again, it gives the same. False where what is wrong leaves
   * the rest unread.
   */
  public boolean read(Sink<L> sink) {
    try {
      long wrong = body.lineNotUtf8();
      if (wrong > 0) {
        sink.refuse(
            wrong, 0, "not UTF-8: save the file as \"CSV UTF-8\", no other encoding is read");
        return false;
      }
      try (Reader text = body.text();
          CsvParser csv = CSV.createParser(text)) {
        csv.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator()));
        return read(csv, sink);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can always be read", e);
    }
  }

  private char separator() throws IOException {
    try (BufferedReader text = new BufferedReader(body.text())) {
      int[] found = new int[128];
      boolean blank = true;
      for (int c = text.read(); c >= 0 && (blank || c != '\n' && c != '\r'); c = text.read()) {
        blank &= Character.isWhitespace(c) || c == ';' || c == ',';
        if (blank && (c == '\n' || c == '\r')) {
          found = new int[128];
        } else if (c < found.length) {
          found[c]++;
        }
      }
      return found[';'] > found[','] && found[';'] > found['\t']
          ? ';'
          : found['\t'] > found[','] ? '\t' : ',';
    }
  }

  private boolean read(CsvParser csv, Sink<L> sink) throws IOException {
    List<String> header = null;
    while (true) {
      long line = csv.currentLocation().getLineNr();
      try {
        List<String> fields = record(csv, header == null ? MOST_COLUMNS : header.size());
        if (fields == null) {
          break;
        }
        if (fields.stream().allMatch(String::isEmpty)) {
          continue;
        }
        if (header == null) {
          header = fields.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
          String wrong = wrong(header);
          if (wrong != null) {
            sink.refuse(line, 0, wrong);
            return false;
          }
        } else if (fields.size() > header.size()) {
          sink.refuse(
              line, 0, "has more fields than the first line has, %d".formatted(header.size()));
        } else {
          read(line, new Fields(header, fields), sink);
        }
      } catch (JsonProcessingException e) {
        sink.refuse(line, 0, sentence(e));
        return false;
      }
    }
    if (header == null) {
      sink.refuse(1, 0, "the file is empty: its first line names the columns");
    }
    return header != null;
  }

  private void read(long line, Fields fields, Sink<L> sink) {
    L read;
    try {
      read = lines.read(line, fields);
    } catch (Refusal refusal) {
      for (FieldError error : refusal.errors()) {
        sink.refuse(
            line, fields.header.indexOf(error.field()) + 1, error.field() + ": " + error.detail());
      }
      return;
    }
    sink.accept(read);
  }

  /** Null at the end. Empty fields beyond {@code most} are passed over: spreadsheets add them. */
  private static @Nullable List<String> record(CsvParser csv, int most) throws IOException {
    if (csv.nextToken() == null) {
      return null;
    }
    List<String> fields = new ArrayList<>(Math.min(most, 8));
    boolean more = false;
    while (csv.nextToken() != JsonToken.END_ARRAY) {
      String field = csv.getText().strip();
      if (fields.size() < most) {
        fields.add(field);
      } else {
        more |= !field.isEmpty();
      }
    }
    if (more) {
      fields.add("");
    }
    return fields;
  }

  private static String sentence(JsonProcessingException e) {
    String said = e.getOriginalMessage();
    return e instanceof StreamConstraintsException
        ? "a field has at most %d characters; is a quote not closed?".formatted(LONGEST_FIELD)
        : said.startsWith("Missing closing quote")
            ? "a quote is opened and never closed"
            : "after a closing quote there may only be the next field";
  }

  private @Nullable String wrong(List<String> header) {
    if (header.size() > MOST_COLUMNS) {
      return "at most " + MOST_COLUMNS + " columns";
    }
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!name.isEmpty() && !lines.columns().contains(name)) {
        return "the column \"%s\" is none of %s"
            .formatted(name, String.join(", ", lines.columns()));
      }
      if (!name.isEmpty() && !seen.add(name)) {
        return "the column " + name + " is there twice";
      }
    }
    return lines.missing(seen);
  }
}

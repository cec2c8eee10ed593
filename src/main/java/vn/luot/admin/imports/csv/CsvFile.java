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
import vn.luot.admin.imports.arrival.Body;

/**
 * Reads a CSV file of old numbers (RFC 4180, UTF-8). Its first line that is not blank names the
 * columns and, by what it has most of, the separator: a comma, semicolon or tab. Memory is bounded
 * by the longest field that is taken.
 */
public final class CsvFile {
  private static final int LONGEST_FIELD = 1 << 14;
  private static final int MOST_COLUMNS = 256;

  private static final CsvFactory CSV =
      CsvFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_FIELD).build())
          .build();

  private static final Set<String> COLUMNS =
      Set.of("path", "day", "views", "visits", "downloads", "rating_count", "rating_sum");

  private final Body body;
  private final CsvLines lines;

  public CsvFile(Body body, CsvLines lines) {
    this.body = body;
    this.lines = lines;
  }

  /** Where lines go. */
  interface Sink {
    void accept(CsvLine line);

    /** {@code column} is counted from 1; 0 is the line as a whole. */
    void refuse(long line, int column, String detail);
  }

  /** Reads it from the beginning; called again, it gives the same. */
  public void read(Sink sink) {
    try {
      long wrong = body.lineNotUtf8();
      if (wrong > 0) {
        sink.refuse(
            wrong, 0, "not UTF-8: save the file as \"CSV UTF-8\", no other encoding is read");
        return;
      }
      try (Reader text = body.text();
          CsvParser csv = CSV.createParser(text)) {
        csv.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator()));
        read(csv, sink);
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

  private void read(CsvParser csv, Sink sink) throws IOException {
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
            return;
          }
        } else if (fields.size() > header.size()) {
          sink.refuse(
              line, 0, "has more fields than the first line has, %d".formatted(header.size()));
        } else {
          lines.read(line, header, fields, sink);
        }
      } catch (JsonProcessingException e) {
        sink.refuse(line, 0, sentence(e));
        return;
      }
    }
    if (header == null) {
      sink.refuse(1, 0, "the file is empty: its first line names the columns");
    }
  }

  /** Null at the end. Empty fields beyond {@code most} are passed over: spreadsheets add them. */
  private static List<String> record(CsvParser csv, int most) throws IOException {
    if (csv.nextToken() == null) {
      return null;
    }
    List<String> fields = new ArrayList<>(Math.min(most, COLUMNS.size()));
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

  private static String wrong(List<String> header) {
    if (header.size() > MOST_COLUMNS) {
      return "at most " + MOST_COLUMNS + " columns";
    }
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!name.isEmpty() && !COLUMNS.contains(name)) {
        return "the column \"%s\" is none of path, day, views, visits, downloads, rating_count, rating_sum"
            .formatted(name);
      }
      if (!name.isEmpty() && !seen.add(name)) {
        return "the column " + name + " is there twice";
      }
    }
    if (!seen.remove("path")) {
      return "name a column path";
    }
    seen.remove("day");
    return seen.isEmpty() ? "name at least one column of numbers, such as views" : null;
  }
}

package vn.luot.admin.export;

import io.vertx.core.json.Json;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import vn.luot.refusal.Refusal;

/** How rows are written; one object per export, since it may know which row is the first. */
interface Format {
  static Format of(String label, List<String> columns, ZoneId zone, String separator, boolean bom) {
    return switch (label) {
      case "csv" -> new Csv(columns, zone, separator, bom);
      case "json" -> new JsonRows(columns, zone);
      default -> throw Refusal.ofField("format", "one of csv, json");
    };
  }

  /** Before the first row. */
  String head();

  void row(StringBuilder into, Row row);

  /** After the last row. */
  String foot();

  default byte[] rows(Iterable<Row> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> row(text, row));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Moments become the site's local ones. */
  static Object value(Row row, int column, ZoneId zone) {
    Object value = row.getValue(column);
    return value instanceof OffsetDateTime moment
        ? moment.atZoneSameInstant(zone).toOffsetDateTime()
        : value;
  }

  /**
   * RFC 4180. Text that a spreadsheet would take for a formula is preceded by an apostrophe, as
   * OWASP recommends against CSV injection; visitors decide what titles and paths look like. A
   * spreadsheet may take another separator than the file has, and then knows no quotes within text.
   *
   * @param separator of the cells of a line
   * @param bom whether a byte order mark comes first, without which Excel does not see UTF-8
   */
  record Csv(List<String> columns, ZoneId zone, String separator, boolean bom) implements Format {
    private static final String SEPARATE = ",;\t\r\n\"";
    private static final String CALCULATE = "=+-@";
    private static final Pattern FORMULA = Pattern.compile("(?<=^|[,;\t\r\n]\"?)(?=[=+@\t\r-])");
    private static final String LINE = "\r\n";

    @Override
    public String head() {
      return (bom ? "\uFEFF" : "") + String.join(separator, columns) + LINE;
    }

    @Override
    public void row(StringBuilder into, Row row) {
      for (int i = 0; i < columns.size(); i++) {
        Object value = Format.value(row, i, zone);
        into.append(i == 0 ? "" : separator);
        if (value instanceof String text) {
          cell(into, text);
        } else if (value != null) {
          into.append(value);
        }
      }
      into.append(LINE);
    }

    static void cell(StringBuilder into, String text) {
      boolean quoted = text.chars().anyMatch(c -> SEPARATE.indexOf(c) >= 0);
      boolean formula = quoted || !text.isEmpty() && CALCULATE.indexOf(text.charAt(0)) >= 0;
      String safe = formula ? FORMULA.matcher(text).replaceAll("'") : text;
      into.append(quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe);
    }

    @Override
    public String foot() {
      return "";
    }
  }

  /** An array with an object for each row. */
  static final class JsonRows implements Format {
    private final List<String> columns;
    private final ZoneId zone;
    private boolean begun;

    JsonRows(List<String> columns, ZoneId zone) {
      this.columns = columns;
      this.zone = zone;
    }

    @Override
    public String head() {
      return "[";
    }

    @Override
    public void row(StringBuilder into, Row row) {
      into.append(begun ? ",\n{" : "\n{");
      begun = true;
      for (int i = 0; i < columns.size(); i++) {
        Object value = Format.value(row, i, zone);
        into.append(i == 0 ? "\"" : ",\"").append(columns.get(i)).append("\":");
        into.append(
            value == null || value instanceof Number ? value : Json.encode(value.toString()));
      }
      into.append('}');
    }

    @Override
    public String foot() {
      return "\n]\n";
    }
  }
}

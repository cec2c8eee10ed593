package vn.luot.admin.export;

import io.vertx.sqlclient.Row;
import java.time.ZoneId;
import java.util.List;

/**
 * RFC 4180. Text that a spreadsheet would take for a formula is preceded by an apostrophe, as OWASP
 * recommends against CSV injection; visitors decide what titles and paths look like.
 *
 * @param bom whether a byte order mark comes first, without which Excel does not see UTF-8
 */
record Csv(List<String> columns, ZoneId zone, boolean bom) implements Format {
  private static final String FORMULA = "=+-@\t\r";
  private static final String LINE = "\r\n";

  @Override
  public String head() {
    return (bom ? "\uFEFF" : "") + String.join(",", columns) + LINE;
  }

  @Override
  public void row(StringBuilder into, Row row) {
    for (int i = 0; i < columns.size(); i++) {
      Object value = Format.value(row, i, zone);
      into.append(i == 0 ? "" : ",");
      if (value instanceof String text) {
        cell(into, text);
      } else if (value != null) {
        into.append(value);
      }
    }
    into.append(LINE);
  }

  static void cell(StringBuilder into, String text) {
    boolean quoted = text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    String quote = quoted ? "\"" : "";
    boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    into.append(quote).append(formula ? "'" : "");
    into.append(quoted ? text.replace("\"", "\"\"") : text).append(quote);
  }

  @Override
  public String foot() {
    return "";
  }
}

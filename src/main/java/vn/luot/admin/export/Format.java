package vn.luot.admin.export;

import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import vn.luot.refusal.Refusal;

/** How rows are written; one object per export, since it may know which row is the first. */
interface Format {
  static Format of(String label, List<String> columns, ZoneId zone, boolean bom) {
    return switch (label) {
      case "csv" -> new Csv(columns, zone, bom);
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
}

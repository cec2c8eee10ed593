package vn.luot.admin.export;

import io.vertx.core.json.Json;
import io.vertx.sqlclient.Row;
import java.time.ZoneId;
import java.util.List;

/** An array with an object for each row. */
final class JsonRows implements Format {
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
      into.append(value == null || value instanceof Number ? value : Json.encode(value.toString()));
    }
    into.append('}');
  }

  @Override
  public String foot() {
    return "\n]\n";
  }
}

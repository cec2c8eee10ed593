package vn.luot.connection.postgres;

import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL answers, as something else. */
public final class Rows {
  private Rows() {}

  public static <T> List<T> list(Iterable<Row> rows, Function<Row, T> read) {
    List<T> list = new ArrayList<>();
    rows.forEach(row -> list.add(read.apply(row)));
    return list;
  }

  /** The moment of a column, as the clocks of a zone show it. */
  public static OffsetDateTime moment(Row row, int column, ZoneId zone) {
    return row.getOffsetDateTime(column).atZoneSameInstant(zone).toOffsetDateTime();
  }

  /** The same, null where the column is null. */
  public static @Nullable OffsetDateTime momentOrNull(Row row, int column, ZoneId zone) {
    return row.getValue(column) == null ? null : moment(row, column, zone);
  }

  public static <K, V> Map<K, V> map(
      Iterable<Row> rows, Function<Row, K> key, Function<Row, V> value) {
    Map<K, V> map = new HashMap<>();
    rows.forEach(row -> map.put(key.apply(row), value.apply(row)));
    return map;
  }
}

package vn.luot.connection.postgres;

import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What PostgreSQL answers, as something else. */
public final class Rows {
  private Rows() {}

  public static <T> List<T> list(Iterable<Row> rows, Function<Row, T> read) {
    List<T> list = new ArrayList<>();
    rows.forEach(row -> list.add(read.apply(row)));
    return list;
  }

  public static <K, V> Map<K, V> map(
      Iterable<Row> rows, Function<Row, K> key, Function<Row, V> value) {
    Map<K, V> map = new HashMap<>();
    rows.forEach(row -> map.put(key.apply(row), value.apply(row)));
    return map;
  }
}

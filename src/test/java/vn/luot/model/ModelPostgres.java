package vn.luot.model;

import java.util.HashMap;
import java.util.Map;
import vn.luot.model.ModelRedis.Register;

/** One row per register, merged by maximum; what is shown is the sum over epochs. */
final class ModelPostgres {
  final Map<Register, Integer> rows = new HashMap<>();
  int start;

  void merge(Register register, int value, boolean add) {
    rows.merge(register, value, add ? Integer::sum : Math::max);
  }

  int total(int page) {
    return rows.entrySet().stream()
        .filter(row -> row.getKey().page() == page)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** As it is put back or takes over: started anew. */
  ModelPostgres copy(int newStart) {
    ModelPostgres copy = new ModelPostgres();
    copy.rows.putAll(rows);
    copy.start = newStart;
    return copy;
  }
}

package vn.luot.check;

import java.util.HashMap;
import java.util.Map;

/** What {@code INFO} says, by name. */
record RedisInfo(Map<String, String> values) {
  private static final int OLDEST = 7;

  static RedisInfo parse(String info) {
    Map<String, String> values = new HashMap<>();
    info.lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> values.put(parts[0], parts[1].strip()));
    return new RedisInfo(values);
  }

  boolean is(String name, String value) {
    return value.equals(values.get(name));
  }

  String of(String name) {
    return values.getOrDefault(name, "unknown");
  }

  /** Scripts need what Redis 7.0 has. */
  boolean isTooOld() {
    String major = of("redis_version").split("\\.")[0];
    return major.matches("\\d{1,6}") && Integer.parseInt(major) < OLDEST;
  }
}

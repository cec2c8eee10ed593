package vn.luot.register;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What registers count, on one day of one site in one epoch. What differs from kind to kind stands
 * here: the table in PostgreSQL, the fields in Redis, and what becomes of details that go.
 */
public enum Kind {
  /**
   * By page: its key. The visits are those that began on it. Below 0 it is a file's, and its views
   * are the downloads. Details that go become one row.
   */
  PAGES(
      "page_views",
      Lock.PAGES,
      null,
      new Key("page", "bigint", Long::valueOf, Long[]::new),
      List.of(new Count("views", ""), new Count("visits", "n")),
      new Key.Summed("'1970-01-01'::date", "page")),

  /** By hour: where it begins, in seconds of Unix time. The hours that go become one of a day. */
  HOURS(
      "hourly_views",
      Lock.HOURS,
      Character::isDigit,
      new Key("hour", "timestamptz", Kind::hour, OffsetDateTime[]::new),
      List.of(
          new Count("views", "v"),
          new Count("visits", "n"),
          new Count("bots", "b"),
          new Count("downloads", "d")),
      new Key.Summed("day", "day::timestamp AT TIME ZONE 'UTC'")),

  /** By device, browser and system that visits began with. No trigger locks a total here either. */
  DEVICES(
      "device_visits",
      null,
      Character::isUpperCase,
      new Key("device", "text", device -> device, String[]::new),
      List.of(new Count("visits", "m")),
      null),

  /** By the host that visitors came from. No trigger locks a total, so that no lock is needed. */
  REFERRERS(
      "referrer_views",
      null,
      c -> c == 'r',
      new Key("host", "text", host -> host, String[]::new),
      List.of(new Count("views", "")),
      null);

  public final String table;
  public final List<Count> counts;

  /** Whoever writes the table holds it; may be null. */
  final @Nullable Lock lock;

  private final @Nullable IntPredicate mark;

  final Key key;

  /** Null where nothing is left of details that go. */
  final Key.@Nullable Summed summed;

  Kind(
      String table,
      @Nullable Lock lock,
      @Nullable IntPredicate mark,
      Key key,
      List<Count> counts,
      Key.@Nullable Summed summed) {
    this.table = table;
    this.lock = lock;
    this.mark = mark;
    this.key = key;
    this.counts = counts;
    this.summed = summed;
  }

  /** Whether registers of this kind changed where a day has such a mark: by its first character. */
  public boolean isMark(String text) {
    return mark != null && mark.test(text.charAt(0));
  }

  /** Where a count stands among those of its kind. */
  public int place(String column) {
    return counts.stream().map(Count::column).toList().indexOf(column);
  }

  /** SQL for each count, whose column is {@code %1$s} in it. */
  public String each(String sql) {
    return each(sql, ", ");
  }

  String each(String sql, String between) {
    return counts.stream()
        .map(count -> sql.formatted(count.column()))
        .collect(Collectors.joining(between));
  }

  /** The fields of a register in Redis. */
  public List<String> fields(String key) {
    return counts.stream().map(count -> count.prefix() + key).toList();
  }

  /**
   * One of the numbers of a register.
   *
   * @param column in PostgreSQL
   * @param prefix before the register's key, the name of its field in Redis
   */
  public record Count(String column, String prefix) {}

  /**
   * What tells the registers of a day apart: a text in Redis, and a column in PostgreSQL.
   *
   * @param type the column's, as PostgreSQL names it
   * @param typed a value for the column
   */
  record Key(
      String column, String type, Function<String, Object> typed, IntFunction<Object[]> array) {
    /** Under which day and key details that go are summed up, in epoch 0: two SQL expressions. */
    record Summed(String day, String key) {}
  }

  private static OffsetDateTime hour(String seconds) {
    return Instant.ofEpochSecond(Long.parseLong(seconds)).atOffset(ZoneOffset.UTC);
  }
}

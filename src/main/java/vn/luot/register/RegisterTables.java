package vn.luot.register;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vn.luot.site.Site;

/** The registers of all kinds in PostgreSQL; triggers keep their totals. */
@Singleton
public record RegisterTables(Pool pool) {
  /** By maximum: merging registers again, late or twice changes nothing. */
  public Uni<Void> merge(Kind kind, SiteDay day, List<Register> registers) {
    return merge(pool, kind, day, registers);
  }

  /** The same within a transaction. */
  public Uni<Void> merge(SqlClient client, Kind kind, SiteDay day, List<Register> registers) {
    if (registers.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Map<Object, long[]> sorted = new TreeMap<>();
    registers.forEach(
        register -> sorted.put(kind.key.typed().apply(register.key()), register.counts()));
    Tuple columns = Tuple.of(day.site(), day.day(), day.epoch());
    columns.addValue(sorted.keySet().toArray(kind.key.array()));
    for (int i = 0; i < kind.counts.size(); i++) {
      columns.addValue(column(sorted.values(), i));
    }
    return run(client, new RegisterSql(kind).merge(), columns);
  }

  private static Long[] column(Collection<long[]> counts, int place) {
    return counts.stream().map(all -> all[place]).toArray(Long[]::new);
  }

  /**
   * Takes a site's day over from its quarantine. These are registers still, under the negative of
   * their epoch, which no Redis ever has: one that is flushed once more after its day was admitted
   * changes nothing when it is admitted once more.
   */
  public Uni<Void> admit(SqlClient in, Kind kind, int site, LocalDate day) {
    return run(in, new RegisterSql(kind).admit(), Tuple.of(site, Site.quarantineId(site), day));
  }

  public Uni<Void> drop(SqlClient in, Kind kind, int site, LocalDate day) {
    return run(in, new RegisterSql(kind).drop(), Tuple.of(site, day));
  }

  /**
   * Removes rows of before a day, which are summed up in epoch 0, which no Redis ever has.
   * Completes with how many, which are at most so many: where they are as many, there may be more.
   */
  public Uni<Long> remove(Kind kind, int site, LocalDate before, int most) {
    return pool.preparedQuery(new RegisterSql(kind).remove())
        .execute(Tuple.of(site, before, most))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private static Uni<Void> run(SqlClient client, String sql, Tuple values) {
    return client.preparedQuery(sql).execute(values).replaceWithVoid();
  }

  /** What is done to the registers of a kind in PostgreSQL: one statement each, for every kind. */
  private record RegisterSql(Kind kind) {
    /** Nothing is before it: there removed details of pages are summed up. */
    private static final String FIRST_DAY = "'1970-01-01'";

    /**
     * By maximum, so that merging a row again, late or twice changes nothing. $1 site, $2 day, $3
     * epoch, then an array of keys and one for each count. Sorted: so rows are locked. Nothing of
     * days whose details are summed up: only a Redis put back from a backup still has them.
     */
    String merge() {
      String types =
          IntStream.range(5, 5 + kind.counts.size())
              .mapToObj(place -> ", $" + place + "::bigint[]")
              .collect(Collectors.joining());
      return turn()
          + "INSERT INTO %s AS r (%s)\n".formatted(kind.table, columns())
          + "SELECT $1, $2, k.%s, $3, %s\n".formatted(key(), kind.each("k.%s"))
          + "FROM %sunnest($4::%s[]%s)".formatted(fromTurn(), kind.key.type(), types)
          + " AS k (%s, %s)\n".formatted(key(), names())
          + "WHERE NOT EXISTS (SELECT FROM detail_kept WHERE site_id = $1 AND kept_from > $2)\n"
          + "ORDER BY k.%s\n".formatted(key())
          + byMaximum();
    }

    /**
     * From quarantine ($2) to its site ($1), one day ($3), under the negative of their epoch. Where
     * it is under a lock, that must be held.
     */
    String admit() {
      return """
          WITH gone AS (DELETE FROM %1$s WHERE site_id = $2 AND day = $3 RETURNING %2$s, epoch, %3$s)
          INSERT INTO %1$s AS r (%4$s)
          SELECT $1, $3, %2$s, -epoch, %3$s FROM gone ORDER BY %2$s, epoch
          """
              .formatted(kind.table, key(), names(), columns())
          + byMaximum();
    }

    /** Of a site ($1) one day ($2). */
    String drop() {
      return "DELETE FROM " + kind.table + " WHERE site_id = $1 AND day = $2";
    }

    /**
     * Takes at most $3 rows of a site ($1) of before a day ($2), and returns how many it took. They
     * are summed up by the same statement where the kind says so; triggers take the rows that go
     * from the totals and add the sums, which comes to nothing. A bare ctid beside another table
     * would be that of the row to be deleted, and so name every row.
     */
    String remove() {
      return """
          WITH %1$sgone AS (
            DELETE FROM %2$s WHERE ctid = ANY (ARRAY(
              SELECT r.ctid FROM %3$s%2$s AS r
              WHERE site_id = $1 AND day > %4$s AND day < $2 AND epoch <> 0
              ORDER BY day LIMIT $3))
            RETURNING *)%5$s
          SELECT count(*) FROM gone
          """
          .formatted(
              kind.lock == null
                  ? ""
                  : "turn AS MATERIALIZED (SELECT " + kind.lock.of("$1") + "),\n",
              kind.table,
              fromTurn(),
              FIRST_DAY,
              kind.summed == null ? "" : summed(kind.summed));
    }

    private String summed(Kind.Key.Summed into) {
      return """
          ,
          kept AS (
            INSERT INTO %1$s AS r (%2$s)
            SELECT $1, %3$s, %4$s, 0, %5$s FROM gone GROUP BY 2, 3 ORDER BY 2, 3
            ON CONFLICT (site_id, day, %6$s, epoch) DO UPDATE SET %7$s)"""
          .formatted(
              kind.table,
              columns(),
              into.day(),
              into.key(),
              kind.each("sum(%s)"),
              key(),
              kind.each("%1$s = r.%1$s + excluded.%1$s"));
    }

    private String byMaximum() {
      return "ON CONFLICT (site_id, day, %s, epoch) DO UPDATE\nSET %s\nWHERE %s"
          .formatted(
              key(),
              kind.each("%1$s = greatest(r.%1$s, excluded.%1$s)"),
              kind.each("excluded.%1$s > r.%1$s", " OR "));
    }

    private String turn() {
      return kind.lock == null
          ? ""
          : "WITH turn AS MATERIALIZED (SELECT %s, %s)\n"
              .formatted(Lock.WAIT_BRIEFLY, kind.lock.of("$1"));
    }

    private String fromTurn() {
      return kind.lock == null ? "" : "turn CROSS JOIN ";
    }

    private String key() {
      return kind.key.column();
    }

    private String columns() {
      return "site_id, day, %s, epoch, %s".formatted(key(), names());
    }

    private String names() {
      return kind.each("%s");
    }
  }
}

package vn.luot.register;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import vn.luot.site.Site;

/** The registers of all kinds in PostgreSQL; triggers keep their totals. */
@ApplicationScoped
public class RegisterTables {
  private final Map<Kind, String> merge = statements(RegisterSql::merge);
  private final Map<Kind, String> admit = statements(RegisterSql::admit);
  private final Map<Kind, String> drop = statements(RegisterSql::drop);
  private final Map<Kind, String> remove = statements(RegisterSql::remove);
  private final Pool pool;

  RegisterTables(Pool pool) {
    this.pool = pool;
  }

  private static Map<Kind, String> statements(Function<RegisterSql, String> statement) {
    Map<Kind, String> all = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      all.put(kind, statement.apply(new RegisterSql(kind)));
    }
    return all;
  }

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
    return run(client, merge.get(kind), columns);
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
    return run(in, admit.get(kind), Tuple.of(site, Site.quarantineId(site), day));
  }

  public Uni<Void> drop(SqlClient in, Kind kind, int site, LocalDate day) {
    return run(in, drop.get(kind), Tuple.of(site, day));
  }

  /**
   * Removes rows of before a day, which are summed up in epoch 0, which no Redis ever has.
   * Completes with how many, which are at most so many: where they are as many, there may be more.
   */
  public Uni<Long> remove(Kind kind, int site, LocalDate before, int most) {
    return pool.preparedQuery(remove.get(kind))
        .execute(Tuple.of(site, before, most))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private static Uni<Void> run(SqlClient client, String sql, Tuple values) {
    return client.preparedQuery(sql).execute(values).replaceWithVoid();
  }
}

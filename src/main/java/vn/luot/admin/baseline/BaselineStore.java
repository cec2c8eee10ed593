package vn.luot.admin.baseline;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.baseline.BalanceWriter.Cause;
import vn.luot.admin.baseline.BaselineList.Current;
import vn.luot.admin.baseline.BaselineList.Entry;
import vn.luot.admin.call.Cursor;
import vn.luot.admin.numbers.Numbers;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.connection.postgres.Rows;
import vn.luot.reading.CountersReader;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.site.registry.Sites;

/** Opening balances, and the entries that made them: reads them, and enters single ones. */
@Singleton
record BaselineStore(
    Pool pool, Numbers numbers, BalanceWriter writer, Sites sites, CountersReader counters) {
  private static final String CURRENT =
      """
      SELECT page, path, views, visits, rating_count, rating_sum, changed_at FROM baseline
      WHERE site_id = $1 AND (views > 0 OR visits > 0 OR rating_count > 0)
      """;

  private static final String PAGES =
      CURRENT + " AND page > $2 AND page <> $3 ORDER BY page LIMIT $4";
  private static final String ONE = CURRENT + " AND page = $2";

  private static final String ENTRIES =
      """
      SELECT id, path, views, visits, rating_count, rating_sum, reason, entered_by, entered_at, import_id
      FROM baseline_entry WHERE site_id = $1 AND id < $2 %s ORDER BY id DESC LIMIT $3
      """;

  private static final String ENTRIES_OF_SITE = ENTRIES.formatted("");
  private static final String ENTRIES_OF_PAGE = ENTRIES.formatted("AND page = $4");

  /** Once this is done, the next number this pod shows has the balance in it. */
  Uni<Void> enter(int site, Balance balance, Cause cause) {
    Uni<Void> entered =
        pool.withTransaction(
            connection ->
                writer
                    .begin(connection, site)
                    .chain(() -> writer.write(connection, site, List.of(balance), cause))
                    .chain(() -> writer.end(connection, site)));
    return PostgresAnswer.write(
            entered, PostgresAnswer.LIMIT, "an import may be written just now; try again")
        .call(() -> sites.refresh())
        .call(() -> load(sites.byId(site)));
  }

  /**
   * Beforehand, so that the next hit need not wait for the new sums; its failure matters to none.
   */
  private Uni<Void> load(@Nullable Site site) {
    return site == null
        ? Uni.createFrom().voidItem()
        : Uni.createFrom()
            .completionStage(() -> counters.read(site))
            .onFailure()
            .recoverWithNull()
            .replaceWithVoid();
  }

  /** {@code page} may be null for all of them. */
  Uni<BaselineList> list(int site, @Nullable Page page, BaselineCursor after, int limit) {
    return Uni.combine()
        .all()
        .unis(
            one(site, Page.PORTAL),
            pages(site, page, after, limit),
            entries(site, page, after, limit))
        // A call holds one connection at most.
        .usingConcurrencyOf(1)
        .asTuple()
        .map(
            found -> {
              List<Keyed> pages = found.getItem2();
              List<Entry> entries = found.getItem3();
              BaselineCursor next =
                  new BaselineCursor(
                      pages.size() < limit || page != null ? null : pages.get(limit - 1).key,
                      entries.size() < limit ? null : entries.get(limit - 1).id());
              return new BaselineList(
                  found.getItem1(),
                  pages.stream().map(Keyed::current).toList(),
                  entries,
                  next.written());
            });
  }

  /** Zeros where there is no balance. */
  Uni<Current> one(int site, Page page) {
    return query(ONE, Tuple.of(site, page.key()), BaselineStore::current)
        .map(found -> found.isEmpty() ? none(page) : found.get(0));
  }

  private record Keyed(long key, Current current) {}

  private Uni<List<Keyed>> pages(int site, @Nullable Page page, BaselineCursor after, int limit) {
    if (after.page() == null) {
      return Uni.createFrom().item(List.of());
    }
    Function<Row, Keyed> keyed = row -> new Keyed(row.getLong(0), current(row));
    return page == null
        ? query(PAGES, Tuple.of(site, after.page(), Page.PORTAL.key(), limit), keyed)
        : query(ONE, Tuple.of(site, page.key()), keyed);
  }

  private Uni<List<Entry>> entries(int site, @Nullable Page page, BaselineCursor after, int limit) {
    if (after.entry() == null) {
      return Uni.createFrom().item(List.of());
    }
    Tuple values = Tuple.of(site, after.entry(), limit);
    return page == null
        ? query(ENTRIES_OF_SITE, values, BaselineStore::entry)
        : query(ENTRIES_OF_PAGE, values.addLong(page.key()), BaselineStore::entry);
  }

  private <T> Uni<List<T>> query(String sql, Tuple values, Function<Row, T> read) {
    return numbers.query(sql, values).map(rows -> Rows.list(rows, read));
  }

  private static Current current(Row row) {
    String page = named(row.getString(1));
    return new Current(
        page,
        row.getLong(2),
        page == null ? row.getLong(3) : null,
        new BaselineOrder.Votes(row.getLong(4), row.getLong(5)),
        row.getOffsetDateTime(6));
  }

  private static Current none(Page page) {
    String named = named(page.path());
    return new Current(named, 0, named == null ? 0L : null, new BaselineOrder.Votes(0L, 0L), null);
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.getLong(0),
        named(row.getString(1)),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4) == null ? null : new BaselineOrder.Votes(row.getLong(4), row.getLong(5)),
        row.getString(6),
        row.getString(7),
        row.getOffsetDateTime(8),
        row.getLong(9));
  }

  /** The site itself has no path. */
  private static @Nullable String named(String path) {
    return path.equals(Page.PORTAL.path()) ? null : path;
  }

  /**
   * Where two lists read side by side go on.
   *
   * @param page the last page key listed; null where all are
   * @param entry the last entry listed; null where all are
   */
  record BaselineCursor(@Nullable Long page, @Nullable Long entry) {
    /** No page has this key: it is the portal's, which is listed before all others. */
    static final BaselineCursor START = new BaselineCursor(Long.MIN_VALUE, Long.MAX_VALUE);

    private static final String LIST = "baselines";
    private static final String END = "-";

    static BaselineCursor parse(@Nullable String written) {
      if (written == null) {
        return START;
      }
      List<String> place = Cursor.read(written, LIST, 2);
      return new BaselineCursor(number(place.get(0)), number(place.get(1)));
    }

    private static @Nullable Long number(String written) {
      return written.equals(END) ? null : (Long) Cursor.number(written);
    }

    /** Null where both lists are at their end. */
    @Nullable String written() {
      return page == null && entry == null
          ? null
          : Cursor.of(
              LIST, page == null ? END : page.toString(), entry == null ? END : entry.toString());
    }
  }
}

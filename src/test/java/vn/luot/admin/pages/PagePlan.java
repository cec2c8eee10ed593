package vn.luot.admin.pages;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneId;
import vn.luot.admin.numbers.Span;
import vn.luot.admin.pages.PagesAsked.PageSort;

/** The query for a list of pages as PostgreSQL's EXPLAIN takes it: with its values written in. */
public final class PagePlan {
  private PagePlan() {}

  /** {@code from} is null for all time, {@code search} for every page. */
  public static String query(int site, String from, String to, String sort, String search) {
    Span span = from == null ? null : Span.of(from, to, ZoneId.of("Asia/Ho_Chi_Minh"));
    PageQuery query =
        new PageQuery(site, PagesAsked.of(span, PageSort.of(sort), search, null, 50, null));
    String sql = query.sql();
    Tuple values = query.values();
    for (int i = values.size(); i > 0; i--) {
      Object value = values.getValue(i - 1);
      String written = value instanceof Number ? value.toString() : "'" + value + "'";
      sql = sql.replace("$" + i, written);
    }
    return sql;
  }
}

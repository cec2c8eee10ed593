package vn.luot.admin.imports.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.luot.admin.baseline.Balance;
import vn.luot.refusal.Refusal;
import vn.luot.site.Page;

/**
 * What rows of NukeViet's tables say. News (and modules made like it) keep in {@code ..._rows} the
 * views of an article (hitstotal), the sum of its votes' stars (total_rating) and their number
 * (click_rating); the site's own total is the row ('total', 'hits') of {@code ..._counter}.
 */
final class NukeVietRows {
  private static final String CATEGORY = "cat";
  private static final int MOST_CATEGORIES = 100_000;

  private final PagePaths paths;

  /** Null where the file is said to have no rows of pages. */
  private final PathTemplate template;

  private final Map<String, String> categories = new HashMap<>();

  NukeVietRows(PagePaths paths, PathTemplate template) {
    this.paths = paths;
    this.template = template;
  }

  void forget() {
    categories.clear();
  }

  /** Null where rows with these columns say something. */
  String refusal(List<String> columns) {
    if (isCounter(columns)) {
      return null;
    }
    if (!columns.contains("hitstotal")) {
      return "name columns hitstotal, or c_type, c_val and c_count";
    }
    if (columns.contains("total_rating") != columns.contains("click_rating")) {
      return "total_rating (sum of stars) and click_rating (number of votes) go together";
    }
    if (template == null) {
      return "say how a path is made of columns: add ?path=/tin-tuc/{cat}/{alias}-{id}.html";
    }
    for (String name : template.names()) {
      if (!columns.contains(name) && !(name.equals(CATEGORY) && columns.contains("catid"))) {
        return "the path needs a column " + name;
      }
    }
    return null;
  }

  private static boolean isCounter(List<String> columns) {
    return columns.containsAll(List.of("c_type", "c_val", "c_count"));
  }

  /** Remembers how a category is called in addresses: links are /module/category/alias-id. */
  void category(String module, List<String> columns, List<String> values) {
    int id = columns.indexOf("catid");
    int alias = columns.indexOf("alias");
    if (id >= 0 && alias >= 0 && categories.size() < MOST_CATEGORIES) {
      categories.put(module + " " + values.get(id), values.get(alias));
    }
  }

  /** {@code module} is what its tables' names begin with. */
  void row(String module, long line, List<String> columns, List<String> values, Sink sink) {
    if (isCounter(columns)) {
      counter(line, columns, values, sink);
      return;
    }
    Row row = new Row(module, line, columns, values, sink);
    try {
      Page page = paths.page(template.fill(row::placed));
      Balance balance =
          new Balance(
              page,
              row.number("hitstotal"),
              null,
              row.number("click_rating"),
              row.number("total_rating"));
      if (!row.refused) {
        sink.accept(
            line,
            balance,
            new Sink.Columns(
                0,
                columns.indexOf("hitstotal") + 1,
                0,
                columns.indexOf("click_rating") + 1,
                columns.indexOf("total_rating") + 1));
      }
    } catch (Refusal refusal) {
      sink.refuse(line, 0, "path: " + Format.detail(refusal));
    }
  }

  private static void counter(long line, List<String> columns, List<String> values, Sink sink) {
    boolean total =
        values.get(columns.indexOf("c_type")).equals("total")
            && values.get(columns.indexOf("c_val")).equals("hits");
    int column = columns.indexOf("c_count");
    if (total) {
      Long hits = Format.number(values.get(column), line, column + 1, "c_count", sink);
      if (hits != null) {
        sink.accept(
            line,
            new Balance(Page.PORTAL, hits, null, null, null),
            new Sink.Columns(0, column + 1, 0, 0, 0));
      }
    } else {
      sink.skip(line);
    }
  }

  private final class Row {
    private final String module;
    private final long line;
    private final List<String> columns;
    private final List<String> values;
    private final Sink sink;
    private boolean refused;

    Row(String module, long line, List<String> columns, List<String> values, Sink sink) {
      this.module = module;
      this.line = line;
      this.columns = columns;
      this.values = values;
      this.sink = sink;
    }

    Long number(String name) {
      int column = columns.indexOf(name);
      String written = column < 0 ? "" : values.get(column).strip();
      Long number = Format.number(written, line, column + 1, name, sink);
      refused |= number == null && !written.isEmpty();
      return number;
    }

    String placed(String name) {
      int column = columns.indexOf(name);
      String value =
          column >= 0
              ? values.get(column).strip()
              : categories.getOrDefault(
                  module + " " + values.get(columns.indexOf("catid")).strip(), "");
      if (value.isEmpty()) {
        throw Refusal.ofField(
            "path",
            column >= 0
                ? "the row has no " + name
                : "no category before it has this catid: put the table ..._cat first");
      }
      return value;
    }
  }
}

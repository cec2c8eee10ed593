package vn.luot.admin.imports.format;

import java.util.List;
import java.util.Set;
import vn.luot.admin.baseline.Balance;
import vn.luot.refusal.Refusal;
import vn.luot.site.Page;

/**
 * Luot's own columns, in any order: path (or url), views, visits, rating_count, rating_sum. The
 * path {@code ~site} stands for the site itself. A blank field leaves a number as it was.
 */
final class LuotCsv extends CsvFormat {
  private static final Set<String> NUMBERS =
      Set.of("views", "visits", "rating_count", "rating_sum");
  private static final String SITE = "~site";

  private final PagePaths paths;

  LuotCsv(PagePaths paths) {
    this.paths = paths;
  }

  @Override
  String refusal(List<String> columns) {
    for (String name : columns) {
      if (!NUMBERS.contains(name) && !name.equals("path") && !name.equals("url")) {
        return "the column \"%s\" is none of path (or url), views, visits, rating_count, rating_sum"
            .formatted(name);
      }
    }
    if (columns.contains("path") == columns.contains("url")) {
      return "name one column path (or url)";
    }
    return columns.size() == 1 ? "name at least one column of numbers, such as views" : null;
  }

  @Override
  void record(long line, List<String> fields, Sink sink) {
    String pageColumn = column("path") > 0 ? "path" : "url";
    Columns columns = new Columns(line, fields, sink);
    String written = field(fields, pageColumn);
    try {
      Page page = written.equals(SITE) ? Page.PORTAL : paths.page(written);
      Balance balance =
          new Balance(
              page,
              columns.number("views"),
              columns.number("visits"),
              columns.number("rating_count"),
              columns.number("rating_sum"));
      if (!columns.refused) {
        sink.accept(
            line,
            balance,
            new Sink.Columns(
                column(pageColumn),
                column("views"),
                column("visits"),
                column("rating_count"),
                column("rating_sum")));
      }
    } catch (Refusal refusal) {
      sink.refuse(line, column(pageColumn), pageColumn + ": " + Format.detail(refusal));
    }
  }

  /** The numbers of one record. */
  private final class Columns {
    private final long line;
    private final List<String> fields;
    private final Sink sink;
    private boolean refused;

    Columns(long line, List<String> fields, Sink sink) {
      this.line = line;
      this.fields = fields;
      this.sink = sink;
    }

    Long number(String name) {
      String written = field(fields, name);
      Long number = Format.number(written, line, column(name), name, sink);
      refused |= number == null && !written.isEmpty();
      return number;
    }
  }
}

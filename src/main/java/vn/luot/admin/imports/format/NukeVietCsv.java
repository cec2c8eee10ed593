package vn.luot.admin.imports.format;

import java.util.List;

/** Rows of one of NukeViet's tables, or of a query over them, as CSV. */
final class NukeVietCsv extends CsvFormat {
  private final NukeVietRows rows;

  NukeVietCsv(NukeVietRows rows) {
    this.rows = rows;
  }

  @Override
  String refusal(List<String> columns) {
    return rows.refusal(columns);
  }

  @Override
  void record(long line, List<String> fields, Sink sink) {
    rows.row("", line, columns(), fields, sink);
  }
}

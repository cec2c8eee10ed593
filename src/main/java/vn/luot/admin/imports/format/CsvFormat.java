package vn.luot.admin.imports.format;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A file of records whose first line names the columns. */
abstract class CsvFormat implements Format {
  private List<String> header;

  /** Says what is wrong with the columns; null where nothing is. */
  abstract String refusal(List<String> columns);

  abstract void record(long line, List<String> fields, Sink sink);

  @Override
  public final void read(Body body, Sink sink) {
    CsvReader csv = new CsvReader(body, (char) 0);
    header = null;
    while (true) {
      try {
        List<String> fields = csv.read();
        if (fields == null) {
          break;
        }
        if (header == null) {
          header = fields.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
          String wrong = wrong(header);
          if (wrong != null) {
            sink.refuse(csv.line(), 0, wrong);
            return;
          }
        } else if (fields.size() != header.size()) {
          sink.refuse(
              csv.line(),
              0,
              "has %d fields, and the first line has %d".formatted(fields.size(), header.size()));
        } else {
          record(csv.line(), fields, sink);
        }
      } catch (Unreadable e) {
        e.tell(sink);
        if (e.toTheEnd || header == null) {
          return;
        }
      }
    }
    if (header == null) {
      sink.refuse(1, 0, "the file is empty: its first line names the columns");
    }
  }

  private String wrong(List<String> columns) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.indexOf(columns.get(i)) < i)
        .mapToObj(i -> "the column " + columns.get(i) + " is there twice")
        .findFirst()
        .orElseGet(() -> refusal(columns));
  }

  final List<String> columns() {
    return header;
  }

  /** From 1; 0 where there is none. */
  final int column(String name) {
    return header.indexOf(name) + 1;
  }

  final String field(List<String> fields, String name) {
    int column = column(name);
    return column == 0 ? "" : fields.get(column - 1).strip();
  }
}

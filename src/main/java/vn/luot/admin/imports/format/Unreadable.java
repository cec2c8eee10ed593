package vn.luot.admin.imports.format;

/** What makes a file, or a line of it, unreadable. */
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long line;
  private final int column;

  /** Whether nothing after it can be trusted. */
  final boolean toTheEnd;

  Unreadable(long line, int column, String detail, boolean toTheEnd) {
    super(detail, null, false, false);
    this.line = line;
    this.column = column;
    this.toTheEnd = toTheEnd;
  }

  void tell(Sink sink) {
    sink.refuse(line, column, getMessage());
  }
}

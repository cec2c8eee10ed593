package vn.luot.admin.imports.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** NukeViet's tables, as CSV or as a dump. */
final class NukeViet implements Format {
  private static final int LOOK_AT = 1 << 20;

  /** How a dump begins, comments aside; a CSV file begins with names of columns. */
  private static final Pattern DUMP =
      Pattern.compile(
          "\\A\\s*(--|#|/\\*|(insert|replace|create|drop|set|lock|start|use|begin)\\s)",
          Pattern.CASE_INSENSITIVE);

  private final Format csv;
  private final Format sql;

  NukeViet(NukeVietRows rows, String table) {
    this.csv = new NukeVietCsv(rows);
    this.sql = new NukeVietSql(rows, table);
  }

  @Override
  public void read(Body body, Sink sink) {
    (isDump(body) ? sql : csv).read(body, sink);
  }

  private static boolean isDump(Body body) {
    try (InputStream in = body.open()) {
      String begin = new String(in.readNBytes(LOOK_AT), StandardCharsets.UTF_8);
      return DUMP.matcher(begin.startsWith("\uFEFF") ? begin.substring(1) : begin).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

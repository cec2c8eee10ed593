package vn.luot.admin.imports;

import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vn.luot.admin.baseline.Balance;
import vn.luot.admin.baseline.BalanceWriter;
import vn.luot.admin.baseline.BalanceWriter.Cause;
import vn.luot.admin.imports.format.Sink;

/** Writes what a checked file holds, batch by batch, within one transaction. */
final class Writer implements Sink {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final BalanceWriter balances;
  private final SqlConnection connection;
  private final int site;
  private final Cause cause;
  private final int batchSize;
  private final Runnable progress;
  private final List<Balance> batch = new ArrayList<>();
  volatile long written;

  Writer(
      BalanceWriter balances,
      SqlConnection connection,
      int site,
      Cause cause,
      int batchSize,
      Runnable progress) {
    this.balances = balances;
    this.connection = connection;
    this.site = site;
    this.cause = cause;
    this.batchSize = batchSize;
    this.progress = progress;
  }

  @Override
  public void accept(long line, Balance balance, Columns columns) {
    batch.add(balance);
    if (batch.size() == batchSize) {
      writeBatch();
    }
  }

  void writeBatch() {
    if (!batch.isEmpty()) {
      balances.write(connection, site, batch, cause).await().atMost(LIMIT);
      written += batch.size();
      batch.clear();
      progress.run();
    }
  }

  @Override
  public void refuse(long line, int column, String detail) {
    throw new IllegalStateException("line " + line + " was right when it was checked: " + detail);
  }

  @Override
  public void skip(long line) {
    // Said when the file was checked.
  }
}

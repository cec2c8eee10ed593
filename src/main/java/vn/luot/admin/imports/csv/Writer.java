package vn.luot.admin.imports.csv;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vn.luot.admin.baseline.Balance;
import vn.luot.admin.baseline.BalanceWriter;
import vn.luot.admin.baseline.BalanceWriter.Cause;
import vn.luot.site.Site;

/** Writes what a checked file holds, batch by batch, within one transaction. */
public final class Writer implements CsvFile.Sink<CsvLine> {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final BalanceWriter balances;
  private final SqlConnection connection;
  private final Site site;
  private final Cause cause;
  private final int batchSize;
  private final Runnable progress;
  private final List<Balance> opening = new ArrayList<>();
  private final List<CsvLine> pages = new ArrayList<>();

  /** At most one a day since 1990. Written last: merges of other sites' hours wait for it. */
  private final List<CsvLine> days = new ArrayList<>();

  public volatile long written;

  public Writer(
      BalanceWriter balances,
      SqlConnection connection,
      Site site,
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
  public void accept(CsvLine line) {
    if (line.day() != null && line.isOfSite()) {
      days.add(line);
    } else if (line.day() == null) {
      line.forEach(of -> opening.add(of.balance()));
    } else {
      line.forEach(pages::add);
    }
    if (opening.size() >= batchSize) {
      write(balances.write(connection, site.id(), opening, cause), opening);
    }
    if (pages.size() >= batchSize) {
      write(History.writePages(connection, site, pages), pages);
    }
  }

  public void writeRest() {
    write(balances.write(connection, site.id(), opening, cause), opening);
    write(History.writePages(connection, site, pages), pages);
    write(History.writeDays(connection, site, days), days);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes it.
  private void write(Uni<Void> writing, List<?> batch) {
    if (!batch.isEmpty()) {
      writing.await().atMost(LIMIT);
      written += batch.size();
      batch.clear();
      progress.run();
    }
  }

  @Override
  public void refuse(long line, int column, String detail) {
    throw new IllegalStateException("line " + line + " was right when it was checked: " + detail);
  }
}

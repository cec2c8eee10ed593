package vn.luot.faults;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import vn.luot.Database;

/** Watches whether a site's total in PostgreSQL ever becomes smaller. */
final class Growing implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(100);

  private final AtomicInteger wentBack = new AtomicInteger();
  private final Thread watch;

  private Growing(Database database, FreshSite site) {
    String total = "SELECT coalesce(sum(views), 0) FROM site_total WHERE site_id = " + site.id();
    watch =
        new Thread(
            () -> {
              long last = 0;
              while (!Thread.currentThread().isInterrupted()) {
                long now = database.number(total);
                wentBack.addAndGet(now < last ? 1 : 0);
                last = now;
                pause();
              }
            },
            "growing");
  }

  static Growing watch(Database database, FreshSite site) {
    Growing growing = new Growing(database, site);
    growing.watch.start();
    return growing;
  }

  private static void pause() {
    try {
      Thread.sleep(EVERY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int wentBack() {
    return wentBack.get();
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}

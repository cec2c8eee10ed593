package vn.luot.admin.imports;

import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Records how far an import is, at most so often, and waits for nobody. */
final class Progress {
  private final ImportStore store;
  private final long id;
  private final long every;
  private LongSupplier checked = () -> 0;
  private LongSupplier done = () -> 0;
  private long last = System.nanoTime();

  Progress(ImportStore store, long id, Duration every) {
    this.store = store;
    this.id = id;
    this.every = every.toNanos();
  }

  void follow(LongSupplier checked, LongSupplier done) {
    this.checked = checked;
    this.done = done;
  }

  /** To be called often, by the one thread that imports. */
  void tick() {
    long now = System.nanoTime();
    if (now - last > every) {
      last = now;
      store
          .record(id, checked.getAsLong(), done.getAsLong())
          .subscribe()
          .with(
              recorded -> {},
              failure -> Log.debugf("The progress of import %d is not recorded: %s", id, failure));
    }
  }
}

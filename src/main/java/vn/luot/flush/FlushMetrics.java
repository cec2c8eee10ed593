package vn.luot.flush;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** How far PostgreSQL is behind Redis. */
@Singleton
class FlushMetrics {
  private final Counter registers;
  private final Counter failures;
  private final AtomicLong lagMillis = new AtomicLong();
  private final AtomicLong unflushed = new AtomicLong();
  private volatile long measuredAt = System.nanoTime();
  private volatile long flushedAt;
  private volatile long visitorsFlushedAt;

  FlushMetrics(MeterRegistry metrics) {
    registers = metrics.counter("luot.flush.registers");
    failures = metrics.counter("luot.flush.failures");
    metrics.gauge("luot.flush.lag.seconds", this, FlushMetrics::lagSeconds);
    metrics.gauge("luot.flush.unflushed.registers", unflushed);
  }

  /** A flush of all sites has ended that began at this moment. */
  void ended(long begin, boolean withVisitors) {
    visitorsFlushedAt = withVisitors ? begin : visitorsFlushedAt;
  }

  /** When this pod last began a flush of distinct visitors, in milliseconds of Unix time. */
  long visitorsFlushedAt() {
    return visitorsFlushedAt;
  }

  void flushed(int count) {
    registers.increment(count);
  }

  void failed() {
    failures.increment();
  }

  void behind(long millis) {
    lagMillis.set(millis);
    measuredAt = System.nanoTime();
  }

  /** Goes on growing while Redis cannot be asked: nothing is flushed then. */
  private double lagSeconds() {
    return lagMillis.get() / 1e3 + (System.nanoTime() - measuredAt) / 1e9;
  }

  /** Milliseconds of Unix time; 0 where this pod never learnt it. */
  void flushedAt(long millis) {
    flushedAt = Math.max(flushedAt, millis);
  }

  long flushedAt() {
    return flushedAt;
  }

  void unflushed(long registers) {
    unflushed.set(registers);
  }
}

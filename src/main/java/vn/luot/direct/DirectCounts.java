package vn.luot.direct;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Unis;
import vn.luot.live.Epochs;
import vn.luot.live.RedisClock;
import vn.luot.live.redis.LiveConfig;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.register.RegisterTables;
import vn.luot.site.Period;
import vn.luot.site.Site;
import vn.luot.site.page.Page;
import vn.luot.total.PageNames;

/**
 * Counts hits in PostgreSQL while Redis is down, where {@code luot.degraded=direct}.
 *
 * <p>Only hits that were never sent to Redis may come here: it may have executed any other, even
 * where nobody heard of it. One merge is under way at a time, and hits that arrive meanwhile make
 * up the next one.
 */
@Singleton
public class DirectCounts {
  /** Between two outages the registers are given up and a new epoch is begun. */
  private static final Duration FORGET_AFTER = Duration.ofMinutes(1);

  /**
   * A machine that vanished answers nothing, and keeps no limit of its own. What it still does with
   * a merge given up is part of the next one.
   */
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(30);

  private final boolean wanted;
  private final LiveConfig config;
  private final RedisClock clock;
  private final Epochs epochs;
  private final Pool pool;
  private final PageNames names;
  private final RegisterTables tables;
  private final Counter counted;
  private List<DirectHit> waiting = new ArrayList<>();
  private @Nullable DirectRegisters registers;
  private boolean merging;
  private long lastMerged;

  DirectCounts(
      @ConfigProperty(name = "luot.degraded", defaultValue = "refuse") Degraded degraded,
      LiveConfig config,
      RedisClock clock,
      Epochs epochs,
      Pool pool,
      PageNames names,
      RegisterTables tables,
      MeterRegistry metrics) {
    this.wanted = degraded == Degraded.DIRECT;
    this.config = config;
    this.clock = clock;
    this.epochs = epochs;
    this.pool = pool;
    this.names = names;
    this.tables = tables;
    this.counted = metrics.counter("luot.hits.direct");
  }

  /** What becomes of a hit while Redis cannot take it. */
  enum Degraded {
    /** It is answered 503. */
    REFUSE,
    /** It is counted in PostgreSQL: slower, without visits, and nobody is known to be online. */
    DIRECT
  }

  /** A hit that was never sent to Redis, on its way to PostgreSQL. */
  record DirectHit(
      Site site,
      Page page,
      @Nullable String title,
      Period period,
      CompletableFuture<Void> answer) {}

  public boolean isWanted() {
    return wanted;
  }

  /** Counts a view; fails with a {@code Refusal}, and then it is counted once or not at all. */
  public CompletionStage<Void> count(Site site, Page page, @Nullable String title) {
    DirectHit hit = new DirectHit(site, page, title, clock.period(site), new CompletableFuture<>());
    synchronized (this) {
      if (waiting.size() >= config.queueSize()) {
        return CompletableFuture.failedFuture(
            Refusal.forNow(
                Reason.OVERLOADED, "Too many hits are waiting for PostgreSQL; send it later."));
      }
      waiting.add(hit);
    }
    mergeNext();
    return hit.answer()
        .orTimeout(config.answerWithin().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(DirectCounts::notStored);
  }

  private static Void notStored(Throwable failure) {
    throw Refusal.forNow(
        Reason.NOT_STORED, "Neither Redis nor PostgreSQL confirmed the hit; send it again.");
  }

  private void mergeNext() {
    List<DirectHit> taken;
    DirectRegisters into;
    DirectRegisters.Changes changes;
    synchronized (this) {
      if (merging || waiting.isEmpty()) {
        return;
      }
      merging = true;
      taken = waiting;
      waiting = new ArrayList<>();
      into = current();
      registers = into;
      taken.forEach(hit -> into.add(hit, clock.millis()));
      changes = into.changes();
    }
    merge(changes)
        .plug(Unis.within(GIVE_UP_AFTER))
        .subscribe()
        .with(done -> merged(into, taken), failure -> failed(taken, failure));
  }

  /** The registers in one transaction: then the hits are stored. */
  private Uni<Void> merge(DirectRegisters.Changes changes) {
    return Unis.inTurn(
            changes.names().entrySet(), site -> names.merge(site.getKey(), site.getValue()))
        .chain(
            () ->
                pool.withTransaction(
                    open ->
                        Unis.inTurn(
                            changes.registers(),
                            of -> tables.merge(open, of.kind(), of.day(), of.registers()))));
  }

  /** Where the last merge failed, what it held must still be merged under its own epoch. */
  private DirectRegisters current() {
    boolean old = System.nanoTime() - lastMerged > FORGET_AFTER.toNanos();
    return registers == null || (old && lastMerged != 0)
        ? new DirectRegisters(epochs.fresh(), config.pagesPerDay())
        : registers;
  }

  private void merged(DirectRegisters into, List<DirectHit> taken) {
    synchronized (this) {
      into.merged();
    }
    ended(System.nanoTime());
    // What was refused meanwhile is counted as refused.
    counted.increment(taken.stream().filter(hit -> hit.answer().complete(null)).count());
  }

  private void failed(List<DirectHit> taken, Throwable failure) {
    Log.warnf("Hits could not be counted in PostgreSQL: %s", failure.getMessage());
    ended(0);
    taken.forEach(hit -> hit.answer().completeExceptionally(failure));
  }

  private void ended(long merged) {
    synchronized (this) {
      lastMerged = merged;
      merging = false;
    }
    mergeNext();
  }
}

package vn.luot.admin.past;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import vn.luot.admin.numbers.NumbersConfig;
import vn.luot.connection.Unis;
import vn.luot.site.registry.RegistryUnknown;

/** Sums up past totals where they are due. Two pods that do it at once take turns. */
@Singleton
public record PastSchedule(PastTotals totals, NumbersConfig config) {
  /** Of one site in one go: a year of a large one. */
  private static final int MOST = 100;

  @Scheduled(
      every = "{luot.numbers.past-totals-every}",
      delayed = "20s",
      skipExecutionIf = RegistryUnknown.class,
      concurrentExecution = ConcurrentExecution.SKIP)
  public Uni<Void> sumDue() {
    return totals
        .sites()
        .flatMap(sites -> Unis.inTurn(sites, this::sumDue))
        .plug(
            Unis.orNull(
                e -> Log.warnf("Past totals could not be summed up and will be again: %s", e)));
  }

  private Uni<Boolean> sumDue(int site) {
    return Multi.createBy()
        .repeating()
        .uni(() -> totals.sumNext(site, config.pastTotalRows()))
        .whilst(summed -> summed)
        .select()
        .first(MOST)
        .collect()
        .last();
  }
}

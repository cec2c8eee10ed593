package vn.luot.admin.month;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Sums up months that are over. Two pods that do it at once do it twice, one after the other. */
@ApplicationScoped
public class MonthSchedule {
  /** Years of one site, in one go. */
  private static final int MOST = 100;

  private final MonthSums months;

  MonthSchedule(MonthSums months) {
    this.months = months;
  }

  @Scheduled(
      every = "{luot.numbers.sum-months-every}",
      delayed = "20s",
      concurrentExecution = ConcurrentExecution.SKIP)
  public Uni<Void> sumDue() {
    return months
        .due(MOST)
        .onItem()
        .transformToMulti(due -> Multi.createFrom().iterable(due))
        .onItem()
        .transformToUniAndConcatenate(months::sum)
        .collect()
        .last()
        .replaceWithVoid()
        .onFailure()
        .invoke(e -> Log.warnf("Months could not be summed up and will be again: %s", e))
        .onFailure()
        .recoverWithNull();
  }
}

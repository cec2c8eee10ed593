package vn.luot.direct;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import vn.luot.total.HourlyViews;
import vn.luot.total.PageNames;
import vn.luot.total.PageViews;

/** Merges a pod's own registers into PostgreSQL in one transaction: then the hits are stored. */
@ApplicationScoped
class DirectMerge {
  private final Pool pool;
  private final PageNames names;
  private final PageViews pages;
  private final HourlyViews hours;

  DirectMerge(Pool pool, PageNames names, PageViews pages, HourlyViews hours) {
    this.pool = pool;
    this.names = names;
    this.pages = pages;
    this.hours = hours;
  }

  Uni<Void> merge(DirectRegisters.Changes changes) {
    return each(Multi.createFrom()
            .iterable(changes.names().entrySet())
            .onItem()
            .transformToUniAndConcatenate(site -> names.merge(site.getKey(), site.getValue())))
        .flatMap(named -> pool.withTransaction(open -> registers(open, changes)));
  }

  /** In order of site and day, like every other such transaction: two never wait crosswise. */
  private Uni<Void> registers(SqlConnection open, DirectRegisters.Changes changes) {
    return each(Multi.createFrom()
            .iterable(changes.pages().entrySet())
            .onItem()
            .transformToUniAndConcatenate(
                day ->
                    pages.merge(
                        open,
                        day.getKey().site(),
                        day.getKey().day(),
                        changes.epoch(),
                        day.getValue())))
        .flatMap(merged -> hours.merge(open, changes.hours()));
  }

  private static Uni<Void> each(Multi<Void> steps) {
    return steps.collect().last().replaceWithVoid();
  }
}

package vn.luot.admin.baseline;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import vn.luot.admin.baseline.BalanceWriter.Cause;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.reading.CountersReader;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/** Enters single opening balances. */
@Singleton
record BaselineStore(Pool pool, BalanceWriter writer, Sites sites, CountersReader counters) {
  /** Once this is done, the next number this pod shows has the balance in it. */
  Uni<Void> enter(int site, Balance balance, Cause cause) {
    Uni<Void> entered =
        pool.withTransaction(
            connection ->
                writer
                    .begin(connection, site)
                    .chain(() -> writer.write(connection, site, List.of(balance), cause))
                    .chain(() -> writer.end(connection, site)));
    return PostgresAnswer.write(
            entered, PostgresAnswer.LIMIT, "an import may be written just now; try again")
        .call(() -> sites.refresh())
        .call(() -> load(sites.byId(site)));
  }

  /**
   * Beforehand, so that the next hit need not wait for the new sums; its failure matters to none.
   */
  private Uni<Void> load(Site site) {
    return site == null
        ? Uni.createFrom().voidItem()
        : Uni.createFrom()
            .completionStage(() -> counters.read(site))
            .onFailure()
            .recoverWithNull()
            .replaceWithVoid();
  }
}

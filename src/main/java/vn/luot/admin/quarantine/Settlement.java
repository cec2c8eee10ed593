package vn.luot.admin.quarantine;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.register.Kind;
import vn.luot.register.Lock;
import vn.luot.register.RegisterTables;
import vn.luot.site.Site;

/**
 * Carries a verdict out, in the transaction it is given in.
 *
 * <p>The statement that admits registers deletes them from quarantine; triggers keep the totals of
 * both, and take away the mark of past totals that were summed up.
 */
@Singleton
public record Settlement(RegisterTables registers, AdmittedVisitors visitors) {
  /** The flush's locks, in the order in which whoever takes several takes them. */
  private static final String TAKE_TURNS =
      Stream.of(Lock.PAGES, Lock.HOURS)
          .flatMap(lock -> Stream.of(lock.of("$1"), lock.of("$2")))
          .collect(Collectors.joining(", ", "SELECT ", ""));

  private static final String ADMIT_NAMES =
      """
      INSERT INTO page AS p (site_id, page, path, title, first_seen, networks)
      SELECT $1, q.page, q.path, q.title, q.first_seen, q.networks FROM page AS q
      WHERE q.site_id = $2
        AND q.page IN (SELECT page FROM page_views WHERE site_id = $2 AND day = $3)
      ORDER BY q.page
      ON CONFLICT (site_id, page) DO UPDATE
      SET title = coalesce(p.title, excluded.title), first_seen = least(p.first_seen, excluded.first_seen),
          networks = greatest(p.networks, excluded.networks)
      """;

  private static final String DROP_VISITORS =
      "DELETE FROM daily_visitors WHERE site_id = $1 AND day = $2";

  /** What triggers leave where all rows went: sums of nothing. */
  private static final String[] FORGET = {
    "DELETE FROM daily_total WHERE site_id = $1 AND day = $2",
    "DELETE FROM page_total WHERE site_id = $1 AND $2::date IS NOT NULL AND views = 0 AND visits = 0"
  };

  /** An update grows the site's revision: from then on no pod shows what it has kept. */
  private static final String SHOW =
      "UPDATE site SET revision = revision WHERE id = $1 AND deleted_at IS NULL";

  /** To be called first: whoever else writes into the site is waited for. */
  public Uni<Void> takeTurns(SqlConnection in, int site) {
    return run(in, TAKE_TURNS, Tuple.of(site, Site.quarantineId(site)));
  }

  public Uni<Void> settle(SqlConnection in, int site, LocalDate day, Verdict verdict) {
    Tuple quarantined = Tuple.of(Site.quarantineId(site), day);
    Uni<Void> settled =
        verdict == Verdict.ADMITTED ? admit(in, site, day) : drop(in, quarantined, day);
    for (String forget : FORGET) {
      settled = settled.chain(() -> run(in, forget, quarantined));
    }
    return settled.chain(() -> show(in, site));
  }

  private Uni<Void> admit(SqlConnection in, int site, LocalDate day) {
    Tuple values = Tuple.of(site, Site.quarantineId(site), day);
    Uni<Void> admitted = run(in, ADMIT_NAMES, values);
    for (Kind kind : Kind.values()) {
      admitted = admitted.chain(() -> registers.admit(in, kind, site, day));
    }
    return admitted.chain(() -> visitors.admit(in, site, day));
  }

  private Uni<Void> drop(SqlConnection in, Tuple quarantined, LocalDate day) {
    Uni<Void> dropped = run(in, DROP_VISITORS, quarantined);
    for (Kind kind : Kind.values()) {
      dropped = dropped.chain(() -> registers.drop(in, kind, quarantined.getInteger(0), day));
    }
    return dropped;
  }

  private static Uni<Void> show(SqlConnection in, int site) {
    return in.preparedQuery(SHOW)
        .execute(Tuple.of(site))
        .invoke(
            changed -> {
              if (changed.rowCount() == 0) {
                throw Refusal.of(Reason.UNKNOWN_SITE, "The site has just been deleted.");
              }
            })
        .replaceWithVoid();
  }

  private static Uni<Void> run(SqlConnection in, String sql, Tuple values) {
    return in.preparedQuery(sql).execute(values).replaceWithVoid();
  }
}

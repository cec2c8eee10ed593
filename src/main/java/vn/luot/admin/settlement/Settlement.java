package vn.luot.admin.settlement;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/**
 * Carries a verdict out, in the transaction it is given in.
 *
 * <p>Admitted rows are registers still: they go beside the site's own under the negative of their
 * epoch, which no Redis ever has, and are merged by maximum. So a register that is flushed once
 * more after its day was admitted changes nothing when it is settled once more. The statement that
 * inserts them deletes them from quarantine; triggers keep the totals of both, and take away the
 * mark of past totals that were summed up.
 */
@ApplicationScoped
public class Settlement {
  /** The flush's locks, in the order in which whoever takes several takes them. */
  private static final String TAKE_TURNS =
      """
      SELECT pg_advisory_xact_lock(2, $1), pg_advisory_xact_lock(2, $2),
             pg_advisory_xact_lock(1, $1), pg_advisory_xact_lock(1, $2)
      """;

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

  private static final String ADMIT_PAGES =
      """
      WITH gone AS (
        DELETE FROM page_views WHERE site_id = $2 AND day = $3
        RETURNING page, epoch, views, visits)
      INSERT INTO page_views AS p (site_id, day, page, epoch, views, visits)
      SELECT $1, $3, page, -epoch, views, visits FROM gone ORDER BY page, epoch
      ON CONFLICT (site_id, day, page, epoch) DO UPDATE
      SET views = greatest(p.views, excluded.views), visits = greatest(p.visits, excluded.visits)
      WHERE excluded.views > p.views OR excluded.visits > p.visits
      """;

  private static final String ADMIT_HOURS =
      """
      WITH gone AS (
        DELETE FROM hourly_views WHERE site_id = $2 AND day = $3
        RETURNING hour, epoch, views, visits)
      INSERT INTO hourly_views AS h (site_id, day, hour, epoch, views, visits)
      SELECT $1, $3, hour, -epoch, views, visits FROM gone ORDER BY hour, epoch
      ON CONFLICT (site_id, day, hour, epoch) DO UPDATE
      SET views = greatest(h.views, excluded.views), visits = greatest(h.visits, excluded.visits)
      WHERE excluded.views > h.views OR excluded.visits > h.visits
      """;

  private static final String ADMIT_REFERRERS =
      """
      WITH gone AS (
        DELETE FROM referrer_views WHERE site_id = $2 AND day = $3 RETURNING host, epoch, views)
      INSERT INTO referrer_views AS v (site_id, day, host, epoch, views)
      SELECT $1, $3, host, -epoch, views FROM gone ORDER BY host, epoch
      ON CONFLICT (site_id, day, host, epoch) DO UPDATE
      SET views = excluded.views WHERE excluded.views > v.views
      """;

  private static final String[] DROP = {
    "DELETE FROM page_views WHERE site_id = $1 AND day = $2",
    "DELETE FROM hourly_views WHERE site_id = $1 AND day = $2",
    "DELETE FROM referrer_views WHERE site_id = $1 AND day = $2",
    "DELETE FROM daily_visitors WHERE site_id = $1 AND day = $2"
  };

  /** What triggers leave where all rows went: sums of nothing. */
  private static final String[] FORGET = {
    "DELETE FROM daily_total WHERE site_id = $1 AND day = $2",
    "DELETE FROM page_total WHERE site_id = $1 AND $2::date IS NOT NULL AND views = 0 AND visits = 0"
  };

  /** An update grows the site's revision: from then on no pod shows what it has kept. */
  private static final String SHOW =
      "UPDATE site SET revision = revision WHERE id = $1 AND deleted_at IS NULL";

  private final AdmittedVisitors visitors;

  Settlement(AdmittedVisitors visitors) {
    this.visitors = visitors;
  }

  /** To be called first: whoever else writes into the site is waited for. */
  public Uni<Void> takeTurns(SqlConnection in, int site) {
    return run(in, TAKE_TURNS, Tuple.of(site, Site.quarantineId(site)));
  }

  public Uni<Void> settle(SqlConnection in, int site, LocalDate day, Verdict verdict) {
    Tuple quarantined = Tuple.of(Site.quarantineId(site), day);
    Uni<Void> settled =
        verdict == Verdict.ADMITTED ? admit(in, site, day) : run(in, DROP, quarantined);
    return settled.chain(() -> run(in, FORGET, quarantined)).chain(() -> show(in, site));
  }

  private Uni<Void> admit(SqlConnection in, int site, LocalDate day) {
    Tuple values = Tuple.of(site, Site.quarantineId(site), day);
    return run(in, ADMIT_NAMES, values)
        .chain(() -> run(in, ADMIT_PAGES, values))
        .chain(() -> run(in, ADMIT_HOURS, values))
        .chain(() -> run(in, ADMIT_REFERRERS, values))
        .chain(() -> visitors.admit(in, site, day));
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

  private static Uni<Void> run(SqlConnection in, String[] all, Tuple values) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (String sql : all) {
      done = done.chain(() -> run(in, sql, values));
    }
    return done;
  }

  private static Uni<Void> run(SqlConnection in, String sql, Tuple values) {
    return in.preparedQuery(sql).execute(values).replaceWithVoid();
  }
}

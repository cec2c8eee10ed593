package vn.luot.admin.votes;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.access.Owner;
import vn.luot.admin.numbers.Numbers;
import vn.luot.connection.Unis;
import vn.luot.connection.postgres.Rows;
import vn.luot.flush.SiteFlush;
import vn.luot.live.record.CastVote;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.page.Page;

/** Lists votes and judges them: whether one counts is decided in PostgreSQL and nowhere else. */
@Singleton
record VoteStore(Numbers numbers, SiteFlush flush, CastVote castVote) {
  private static final String COLUMNS =
      """
      SELECT v.id, nullif(p.path, '%s'), v.stars, v.held, v.changed_at,
             e.action, e.reason, e.entered_by, e.entered_at
      """
          .formatted(Page.PORTAL.path());

  private static final String NAMED =
      """
      LEFT JOIN page AS p ON p.site_id = v.site_id AND p.page = v.page
      LEFT JOIN LATERAL (
        SELECT action, reason, entered_by, entered_at FROM vote_entry
        WHERE site_id = v.site_id AND vote = v.id ORDER BY id DESC LIMIT 1) AS e ON true
      """;

  /** The entry says who, when and why; there is none where nothing changed. */
  private static final String JUDGE =
      """
      WITH judged AS (
        UPDATE vote SET held = %s WHERE site_id = $1 AND id = ANY($2) AND %s
        RETURNING id, page),
      entered AS (
        INSERT INTO vote_entry (site_id, vote, action, reason, entered_by)
        SELECT $1, id, '%s', $3, $4 FROM judged)
      SELECT page FROM judged
      """;

  /** A withdrawn vote may be removed too: its voter could cast it anew. */
  private static final String REMOVE =
      JUDGE.formatted("'removed'", "held IS DISTINCT FROM 'removed'", "removed");

  private static final String ADMIT = JUDGE.formatted("NULL", "held IS NOT NULL", "admitted");

  Uni<VoteList> list(Site site, VotesAsked asked) {
    Tuple values = Tuple.of(site.id(), asked.limit() + 1);
    StringBuilder where = new StringBuilder("WHERE v.site_id = $1 AND v.stars > 0");
    where.append(asked.condition());
    if (asked.page() != null) {
      values.addLong(asked.page());
      where.append(" AND v.page = $").append(values.size());
    }
    if (asked.beforeMoment() != null) {
      values.addOffsetDateTime(asked.beforeMoment()).addLong(asked.beforeId());
      where.append(
          " AND (v.changed_at, v.id) < ($%d, $%d)".formatted(values.size() - 1, values.size()));
    }
    String newest =
        "FROM (SELECT * FROM vote AS v "
            + where
            + " ORDER BY changed_at DESC, id DESC LIMIT $2) AS v ";
    String sql = COLUMNS + newest + NAMED + "ORDER BY v.changed_at DESC, v.id DESC";
    return numbers
        .fresh(site, asOf -> numbers.query(sql, values).map(rows -> list(rows, site, asked, asOf)))
        .flatMap(
            list -> castVote.summed(site.id()).map(list::with).onFailure().recoverWithItem(list));
  }

  private static VoteList list(
      Iterable<Row> rows, Site site, VotesAsked asked, OffsetDateTime asOf) {
    List<VoteList.VoteEntry> votes = new ArrayList<>();
    String next = null;
    for (Row row : rows) {
      if (votes.size() == asked.limit()) {
        VoteList.VoteEntry last = votes.get(votes.size() - 1);
        next = asked.next(last.changedAt(), last.id());
      } else {
        votes.add(entry(row, site.zone()));
      }
    }
    return new VoteList(asOf, votes, null, next);
  }

  private static VoteList.VoteEntry entry(Row row, ZoneId zone) {
    return new VoteList.VoteEntry(
        row.getLong(0),
        row.getString(1),
        row.getInteger(2),
        row.getString(3),
        Rows.moment(row, 4, zone),
        row.getString(5) == null
            ? null
            : new VoteList.Judgement(
                row.getString(5), row.getString(6), row.getString(7), Rows.moment(row, 8, zone)));
  }

  /** Once removed, it stays so whatever its voter does. Removing twice changes nothing. */
  Uni<Void> remove(Site site, long id, String reason, Owner by) {
    return judgeOne(REMOVE, site, id, reason, by, null);
  }

  /** Counts a vote that was held or removed. */
  Uni<Void> admit(Site site, long id, String reason, Owner by) {
    return judgeOne(
        ADMIT, site, id, reason, by, Refusal.of(Reason.CONFLICT, "This vote is counted already."));
  }

  private Uni<Void> judgeOne(
      String sql, Site site, long id, String reason, Owner by, @Nullable Refusal unchanged) {
    return judge(sql, site, List.of(id), reason, by)
        .flatMap(
            judged ->
                judged > 0 ? Uni.createFrom().voidItem() : requireExists(site.id(), id, unchanged));
  }

  /** Completes with how many were changed: others are so already, or not of this site. */
  Uni<Integer> judge(JudgementOrder order, Site site, Owner by) {
    return judge(order.isAdmission() ? ADMIT : REMOVE, site, order.ids(), order.reason(), by);
  }

  /** What is not flushed yet of the site is flushed first: the votes may have changed. */
  private Uni<Integer> judge(String sql, Site site, List<Long> ids, String reason, Owner by) {
    Tuple values = Tuple.of(site.id(), ids.toArray(Long[]::new), reason, by.name());
    return numbers
        .fresh(site, asOf -> numbers.query(sql, values))
        .call(judged -> show(site.id(), judged))
        .map(judged -> judged.size());
  }

  /** At once; where Redis does not answer, the next flush of the pages' votes does it. */
  private Uni<Void> show(int site, RowSet<Row> judged) {
    Set<Long> pages = new TreeSet<>();
    judged.forEach(row -> pages.add(row.getLong(0)));
    return Unis.inTurn(pages, page -> flush.settle(site, page)).onFailure().recoverWithNull();
  }

  private Uni<Void> requireExists(int site, long id, @Nullable Refusal unchanged) {
    return numbers
        .query("SELECT FROM vote WHERE site_id = $1 AND id = $2", Tuple.of(site, id))
        .invoke(
            rows -> {
              if (rows.size() == 0) {
                throw Refusal.of(Reason.NOT_FOUND, "No vote has this id here.");
              }
              if (unchanged != null) {
                throw unchanged;
              }
            })
        .replaceWithVoid();
  }
}

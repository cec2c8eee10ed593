package vn.luot.admin.mail;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.postgres.Rows;

/** The table {@code report_mail}, which all pods share. */
@Singleton
record MailStore(Pool pool, PostConfig config, Clock clock) {
  private static final int TRIES = 5;

  private static final String LIST =
      """
      SELECT * FROM report_mail WHERE site_id = $1
      ORDER BY removed_at IS NOT NULL, id DESC LIMIT 50
      """;

  /** Two at once take turns, so that no more than are allowed get in. */
  private static final String TAKE_TURN =
      "SELECT FROM site WHERE id = $1 AND deleted_at IS NULL FOR UPDATE";

  private static final String ADD =
      """
      INSERT INTO report_mail (site_id, added_at, address, language, added_by, month)
      SELECT $1, $2, $3, $4, $5, $6
      WHERE $7 > (SELECT count(*) FROM report_mail
        WHERE site_id = $1 AND coalesce(removed_at > $2::timestamptz - interval '1 day', true)
          AND NOT (removed_at IS NULL AND lower(address) = lower($3)))
      ON CONFLICT (site_id, lower(address)) WHERE removed_at IS NULL
      DO UPDATE SET language = excluded.language
      RETURNING *
      """;

  private static final String REMOVE =
      """
      UPDATE report_mail
      SET removed_at = $3, removed_by = $4, failure = NULL, address = left(address, 1) || '…' || substring(address FROM '@.*')
      WHERE site_id = $1 AND id = $2 AND removed_at IS NULL
      RETURNING id
      """;

  private static final String DUE =
      """
      SELECT * FROM report_mail
      WHERE removed_at IS NULL AND (month < $2 OR sent_at IS NULL AND tries < $3 AND next_try <= $1)
      ORDER BY site_id, id
      """;

  /**
   * Whoever gets a row back is to send the mail: no other pod does before {@code next_try}. A pod
   * that ends before it said what became of it is followed by another one then.
   */
  private static final String CLAIM =
      """
      UPDATE report_mail
      SET month = $3, sent_at = CASE month WHEN $3 THEN sent_at END, failure = CASE month WHEN $3 THEN failure END,
          tries = least(CASE month WHEN $3 THEN tries ELSE 0 END + 1, 5),
          next_try = $1::timestamptz + $4 * 4 ^ CASE month WHEN $3 THEN tries ELSE 0 END * interval '1 second', %s
      RETURNING *
      """;

  private static final String CLAIM_DUE =
      CLAIM.formatted(
          """
          asked_at = asked_at
          WHERE id = $2 AND removed_at IS NULL
            AND (month < $3 OR month = $3 AND sent_at IS NULL AND tries < $5 AND next_try <= $1)
          """);

  /** One a minute and site. */
  private static final String CLAIM_ASKED =
      CLAIM.formatted(
          """
          asked_at = $1
          WHERE id = $2 AND site_id = $5 AND removed_at IS NULL AND month <= $3 AND NOT EXISTS (
            SELECT FROM report_mail WHERE site_id = $5 AND asked_at > $1::timestamptz - interval '1 minute')
          """);

  private static final String END =
      """
      UPDATE report_mail SET failure = $3, sent_at = CASE WHEN $3::text IS NULL THEN $1 ELSE sent_at END
      WHERE id = $2 AND removed_at IS NULL
      RETURNING *
      """;

  Uni<List<Mail>> list(int site) {
    return pool.preparedQuery(LIST).execute(Tuple.of(site)).map(rows -> Rows.list(rows, Mail::of));
  }

  /** Null where the site has as many as it may have. */
  Uni<Mail> add(int site, Mail.Order order, String by, YearMonth over) {
    OffsetDateTime now = now();
    Tuple values =
        Tuple.from(
            List.of(site, now, order.recipient(), order.language(), by, over.atDay(1), most()));
    return pool.withTransaction(
        in ->
            in.preparedQuery(TAKE_TURN)
                .execute(Tuple.of(site))
                .flatMap(turn -> in.preparedQuery(ADD).execute(values))
                .map(MailStore::first));
  }

  private long most() {
    return config.mostAddresses();
  }

  /** Whether it was there. */
  Uni<Boolean> remove(int site, int id, String by) {
    return pool.preparedQuery(REMOVE)
        .execute(Tuple.of(site, id, now(), by))
        .map(rows -> rows.rowCount() > 0);
  }

  /** All that may be due; in some time zones the month is over earlier than in others. */
  Uni<List<Mail>> due() {
    OffsetDateTime now = now();
    return pool.preparedQuery(DUE)
        .execute(Tuple.of(now, YearMonth.from(now.plusHours(14)).minusMonths(1).atDay(1), TRIES))
        .map(rows -> Rows.list(rows, Mail::of));
  }

  /** Null where it is not due. */
  Uni<Mail> claimDue(int id, YearMonth month) {
    return claim(CLAIM_DUE, Tuple.of(now(), id, month.atDay(1), pause(), TRIES));
  }

  /** Null where the site had one sent within the minute. */
  Uni<Mail> claimAsked(int site, int id, YearMonth month) {
    return claim(CLAIM_ASKED, Tuple.of(now(), id, month.atDay(1), pause(), site));
  }

  private Uni<Mail> claim(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).map(MailStore::first);
  }

  private double pause() {
    return config.tryAgainAfter().toMillis() / 1000.0;
  }

  /** {@code failure} is null where it was sent. Null where it was removed meanwhile. */
  Uni<Mail> end(int id, String failure) {
    return claim(END, Tuple.of(now(), id, failure));
  }

  private static @Nullable Mail first(RowSet<Row> rows) {
    return rows.size() == 0 ? null : Mail.of(rows.iterator().next());
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}

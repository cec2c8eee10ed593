package vn.luot.group;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;
import vn.luot.admin.call.Text;
import vn.luot.admin.numbers.Numbers;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.connection.postgres.Rows;
import vn.luot.group.PublicLabelList.PublicLabel;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.SiteRules;

/** Labels whose sites' public numbers anybody may read together. */
@Singleton
record PublicLabels(Numbers numbers) {
  private static final int MOST = 500;
  private static final int LONGEST = 64;

  private static final String IN_FORCE =
      "SELECT label FROM public_label WHERE withdrawn_at IS NULL";

  private static final String LIST =
      """
      SELECT id, label, published_at, published_by, withdrawn_at, withdrawn_by FROM public_label
      ORDER BY withdrawn_at IS NULL DESC, id DESC LIMIT $1
      """;

  private static final String PUBLISH =
      """
      INSERT INTO public_label (label, published_by)
      SELECT $1, $2 WHERE (SELECT count(*) FROM public_label WHERE withdrawn_at IS NULL) < $3
      ON CONFLICT (label) WHERE withdrawn_at IS NULL DO NOTHING
      """;

  /** What is withdrawn stays as it was withdrawn first. */
  private static final String WITHDRAW =
      """
      UPDATE public_label SET withdrawn_by = CASE WHEN withdrawn_at IS NULL THEN $2 ELSE withdrawn_by END,
        withdrawn_at = coalesce(withdrawn_at, now())
      WHERE id = $1
      """;

  Uni<Set<String>> inForce() {
    return numbers
        .query(IN_FORCE, Tuple.tuple())
        .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getString(0))));
  }

  Uni<PublicLabelList> list() {
    return numbers
        .query(LIST, Tuple.of(2 * MOST))
        .map(rows -> new PublicLabelList(Rows.list(rows, PublicLabels::label)));
  }

  /** A label that is public stays so. */
  Uni<PublicLabelList> publish(String written, String by) {
    if (!Text.isFit(written, LONGEST)) {
      throw Refusal.ofField("label", Text.rule(LONGEST));
    }
    String label = SiteRules.label(written);
    return write(PUBLISH, Tuple.of(label, by, MOST))
        .chain(() -> list())
        .invoke(
            list -> {
              if (list.labels().stream().noneMatch(one -> isInForce(one, label))) {
                throw Refusal.of(
                    Reason.CONFLICT, MOST + " labels are public; withdraw one of them first.");
              }
            });
  }

  private static boolean isInForce(PublicLabel one, String label) {
    return one.withdrawnAt() == null && one.label().equals(label);
  }

  Uni<Void> withdraw(int id, String by) {
    return write(WITHDRAW, Tuple.of(id, by))
        .invoke(
            changed -> {
              if (changed == 0) {
                throw Refusal.of(Reason.NOT_FOUND, "No label was made public under this id.");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Integer> write(String sql, Tuple values) {
    return PostgresAnswer.write(
        numbers.pool().preparedQuery(sql).execute(values).map(rows -> rows.rowCount()));
  }

  private static PublicLabel label(Row row) {
    return new PublicLabel(
        row.getInteger(0),
        row.getString(1),
        row.getOffsetDateTime(2),
        row.getString(3),
        row.getOffsetDateTime(4),
        row.getString(5));
  }
}

package vn.luot.admin.site;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.hibernate.exception.ConstraintViolationException;
import vn.luot.admin.access.Owner;
import vn.luot.admin.numbers.Numbers;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.connection.postgres.Rows;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.SiteRules;
import vn.luot.site.registry.SiteRow;
import vn.luot.site.registry.Sites;

/** Makes and changes the rows of sites; this pod's registry follows before the call is answered. */
@Singleton
record SiteStore(Sites sites, Numbers numbers) {
  private static final String LIST =
      """
      SELECT rules FROM site
      WHERE deleted_at IS NULL AND slug > $1 AND ($2::integer IS NULL OR id = $2)
      ORDER BY slug LIMIT $3
      """;

  private static final String TAKEN = "SELECT deleted_at IS NOT NULL FROM site WHERE slug = $1";

  /** Of what stays as it was, nothing is kept. */
  private static final String KEEP =
      """
      INSERT INTO site_change (site_id, changed_by, was, became)
      SELECT ?1, ?2, coalesce(jsonb_object_agg(name, was.value) FILTER (WHERE was.value IS NOT NULL), '{}'),
        jsonb_object_agg(name, became.value)
      FROM jsonb_each(CAST(CAST(?3 AS text) AS jsonb)) AS was (name, value)
      FULL JOIN jsonb_each(CAST(CAST(?4 AS text) AS jsonb)) AS became (name, value) USING (name)
      WHERE was.value IS DISTINCT FROM became.value
      HAVING count(*) > 0
      """;

  private static final String CHANGES =
      """
      SELECT changed_at, changed_by, was, became FROM site_change
      WHERE site_id = $1 ORDER BY id DESC LIMIT $2
      """;

  /** What is said of the site stays when its data go. */
  private static final String DELETE =
      """
      WITH gone AS (
        UPDATE site SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL RETURNING slug, rules->>'name' AS name)
      INSERT INTO deleted_site (slug, name, deleted_by) SELECT slug, name, $2 FROM gone
      """;

  private static final String DELETED =
      "SELECT slug, name, deleted_at, deleted_by FROM deleted_site ORDER BY id DESC LIMIT $1";

  /** Those within the owner's reach, by name in URLs, after the one given. */
  Uni<List<SiteRules>> list(Owner owner, String after, int limit) {
    return numbers
        .query(LIST, Tuple.of(after, owner.siteId(), limit))
        .map(
            rows -> StreamSupport.stream(rows.spliterator(), false).map(SiteStore::rules).toList());
  }

  private static SiteRules rules(Row row) {
    return row.getJsonObject(0).mapTo(SiteRules.class);
  }

  Uni<SiteRules> add(SiteRules rules, String by) {
    SiteRow row = new SiteRow().set(rules);
    return PostgresAnswer.write(
            numbers
                .query(TAKEN, Tuple.of(rules.id()))
                .invoke(SiteStore::refuseTaken)
                .chain(
                    () ->
                        Panache.withTransaction(
                            () -> row.<SiteRow>persist().call(made -> keep(made, "{}", by))))
                .onFailure(ConstraintViolationException.class)
                .transform(e -> taken("A site")))
        .call(sites::refresh)
        .map(SiteRow::rules);
  }

  private static void refuseTaken(RowSet<Row> found) {
    for (Row site : found) {
      throw taken(site.getBoolean(0) ? "A site that is still being deleted" : "A site");
    }
  }

  private static Refusal taken(String by) {
    return Refusal.of(Reason.CONFLICT, by + " has this id; choose another one.");
  }

  /** Locks the row before it is read: of changes that overlap, none undoes another. */
  Uni<SiteRules> change(int id, UnaryOperator<SiteRules> change, String by) {
    return PostgresAnswer.write(
            Panache.withTransaction(
                () ->
                    SiteRow.<SiteRow>findById(id, LockModeType.PESSIMISTIC_WRITE)
                        .invoke(SiteStore::refuseDeleted)
                        .call(row -> set(row, change.apply(row.rules()), by))))
        .call(sites::refresh)
        .map(SiteRow::rules);
  }

  private static Uni<Integer> set(SiteRow row, SiteRules changed, String by) {
    String was = JsonObject.mapFrom(row.rules()).encode();
    return keep(row.set(changed), was, by);
  }

  private static Uni<Integer> keep(SiteRow row, String was, String by) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(KEEP)
                    .setParameter(1, row.id)
                    .setParameter(2, by)
                    .setParameter(3, was)
                    .setParameter(4, row.rules.encode())
                    .executeUpdate());
  }

  /** Who changed what, the newest first. */
  Uni<SiteChanges> changes(Site site, int limit) {
    return numbers
        .query(CHANGES, Tuple.of(site.id(), limit))
        .map(rows -> new SiteChanges(Rows.list(rows, row -> change(row, site.zone()))));
  }

  private static SiteChanges.Change change(Row row, ZoneId zone) {
    return new SiteChanges.Change(
        row.getOffsetDateTime(0).atZoneSameInstant(zone).toOffsetDateTime(),
        row.getString(1),
        row.getJsonObject(2).getMap(),
        row.getJsonObject(3).getMap());
  }

  /** Deleted since it was looked for. */
  private static void refuseDeleted(SiteRow row) {
    if (row == null || row.deletedAt != null) {
      throw Refusal.of(Reason.UNKNOWN_SITE, "Use the id the site was registered under.");
    }
  }

  /** From here on nothing is counted or read; the data go in the background. */
  Uni<Void> delete(int id, String by) {
    return PostgresAnswer.write(
            numbers.pool().preparedQuery(DELETE).execute(Tuple.of(id, by)).replaceWithVoid())
        .call(sites::refresh);
  }

  /** Who deleted which, the last one first. */
  Uni<DeletedSites> deleted(int limit) {
    return numbers
        .query(DELETED, Tuple.of(limit))
        .map(rows -> new DeletedSites(Rows.list(rows, DeletedSites::of)));
  }
}

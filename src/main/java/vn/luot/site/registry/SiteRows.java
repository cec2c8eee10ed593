package vn.luot.site.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import vn.luot.site.Site;

/** The table {@code site} as one text: what PostgreSQL is asked for and what the copy keeps. */
@Singleton
class SiteRows {
  // Whose the registry is, and then: revisions only grow, so any insert, update or delete changes
  // the pair.
  private static final String VERSION =
      """
      SELECT (SELECT id FROM installation ORDER BY made_at LIMIT 1)
             || ':' || count(*) || ':' || coalesce(sum(revision), 0)
             || ':' || coalesce(max(revision), 0) FROM site
      """;

  private static final String SITE =
      """
      jsonb_build_object(
          'id', id, 'rules', rules, 'baselineSince', baseline_since,
          'ratingBaselines', rating_baselines, 'revision', revision)
      """;

  private static final String ROWS =
      "SELECT coalesce(jsonb_agg("
          + SITE
          + "ORDER BY id), '[]')::text FROM site WHERE deleted_at IS NULL";

  private static final String ROW =
      "SELECT " + SITE + "::text FROM site WHERE slug = $1 AND deleted_at IS NULL";

  private final Pool pool;
  private final ObjectMapper json;

  SiteRows(Pool pool, ObjectMapper json) {
    this.pool = pool;
    this.json = json;
  }

  Uni<String> version() {
    return text(VERSION);
  }

  Uni<String> read() {
    return text(ROWS);
  }

  private Uni<String> text(String query) {
    return pool.preparedQuery(query).execute().map(rows -> rows.iterator().next().getString(0));
  }

  /** Null where there is none, or it is being deleted. */
  Uni<Site> bySlug(String slug) {
    return pool.preparedQuery(ROW)
        .execute(Tuple.of(slug))
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getString(0))
        .onItem()
        .ifNotNull()
        .transform(Unchecked.function(row -> json.readValue(row, Site.class)));
  }

  /** One site that cannot be read must not keep the others from being refreshed. */
  List<Site> sites(String rows) {
    List<Site> sites = new ArrayList<>();
    for (JsonNode row : parse(rows)) {
      try {
        sites.add(json.treeToValue(row, Site.class));
      } catch (JsonProcessingException e) {
        Log.errorf("The site %s is left out: %s", row.at("/rules/id"), e.getOriginalMessage());
      }
    }
    return sites;
  }

  private JsonNode parse(String rows) {
    try {
      return json.readTree(rows);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the site registry is not what it should be", e);
    }
  }
}

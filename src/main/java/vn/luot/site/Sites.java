package vn.luot.site;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Every registered site, kept in the pod and replaced as a whole soon after a change. */
@ApplicationScoped
public class Sites {
  // Revisions only grow, so any insert, update or delete changes the pair.
  private static final String VERSION =
      "SELECT count(*) || ':' || coalesce(sum(revision), 0) FROM site";

  private final Pool pool;

  private volatile Map<String, Site> bySlug = Map.of();
  private volatile Map<Integer, Site> byId = Map.of();
  private volatile String version;

  Sites(Pool pool) {
    this.pool = pool;
  }

  /** The site of this name; refused where there is none. */
  public Site require(String slug) {
    Site site = bySlug.get(slug);
    if (site != null) {
      return site;
    }
    if (!isLoaded()) {
      throw Refusal.forNow(Reason.NOT_READABLE, "The site registry is not loaded yet; try again.");
    }
    throw Refusal.of(Reason.UNKNOWN_SITE, "Use the name the site was registered under.");
  }

  /** The site of this name, where anyone may read its numbers. */
  public Site requireReadable(String slug) {
    Site site = require(slug);
    if (!site.publicReading()) {
      throw Refusal.of(Reason.READING_CLOSED, "The site's owner keeps its numbers private.");
    }
    return site;
  }

  boolean isLoaded() {
    return version != null;
  }

  /** The site of this number; null where it is gone. */
  public Site byId(int id) {
    return byId.get(id);
  }

  Uni<Void> refresh() {
    return pool.query(VERSION)
        .execute()
        .map(rows -> rows.iterator().next().getString(0))
        .flatMap(
            found -> Objects.equals(found, version) ? Uni.createFrom().voidItem() : load(found));
  }

  private Uni<Void> load(String found) {
    return Panache.withSession(() -> SiteRow.<SiteRow>list("deletedAt is null"))
        .map(Sites::readable)
        .invoke(sites -> replace(sites, found))
        .replaceWithVoid();
  }

  /** One site that cannot be read must not keep the others from being refreshed. */
  private static List<Site> readable(List<SiteRow> rows) {
    List<Site> sites = new ArrayList<>(rows.size());
    for (SiteRow row : rows) {
      try {
        sites.add(row.toSite());
      } catch (DateTimeException e) {
        Log.errorf("The site %s is left out: %s", row.slug, e.getMessage());
      }
    }
    return sites;
  }

  private void replace(List<Site> sites, String found) {
    bySlug = sites.stream().collect(Collectors.toUnmodifiableMap(Site::slug, Function.identity()));
    byId = sites.stream().collect(Collectors.toUnmodifiableMap(Site::id, Function.identity()));
    version = found;
    Log.debugf("%d sites known, version %s", sites.size(), found);
  }
}

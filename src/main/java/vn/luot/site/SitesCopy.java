package vn.luot.site;

import io.smallrye.mutiny.Uni;

/**
 * Where the registry is kept a second time, for pods that start while PostgreSQL cannot be reached.
 */
public interface SitesCopy {
  /** {@code rows} as {@link SiteRows} reads them. */
  Uni<Void> keep(String rows);

  /** Null where nothing was kept. */
  Uni<String> kept();
}

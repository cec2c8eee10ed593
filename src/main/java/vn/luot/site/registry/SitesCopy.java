package vn.luot.site.registry;

import io.smallrye.mutiny.Uni;

/**
 * Where the registry is kept a second time, for pods that start while PostgreSQL cannot be reached.
 */
public interface SitesCopy {
  /** Gives Redis this installation's name where it bears none. Says whose it is; never fails. */
  Uni<Void> claim();

  /** {@code rows} as {@link SiteRows} reads them, and what PostgreSQL calls them. */
  Uni<Void> keep(String version, String rows);

  /** Null where nothing was kept. */
  Uni<String> version();

  /** Null where nothing was kept. */
  Uni<String> rows();
}

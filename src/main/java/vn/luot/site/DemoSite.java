package vn.luot.site;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The site {@code demo} of the standalone start, allowed where the service itself is reached. */
@ApplicationScoped
class DemoSite {
  // Its pages come from the service itself, and a browser names no Origin when it only reads there.
  private static final String REGISTER =
      """
      INSERT INTO site (slug, name, origins, require_origin)
      VALUES ('demo', 'Luot demo', $1, false)
      ON CONFLICT (slug) DO UPDATE SET origins = excluded.origins
      """;

  private final Pool pool;
  private final boolean wanted;
  private final int port;

  DemoSite(
      Pool pool,
      @ConfigProperty(name = "luot.demo", defaultValue = "false") boolean wanted,
      @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port) {
    this.pool = pool;
    this.wanted = wanted;
    this.port = port;
  }

  Uni<Void> register() {
    if (!wanted) {
      return Uni.createFrom().voidItem();
    }
    String[] origins = {"http://localhost:" + port, "http://127.0.0.1:" + port};
    return pool.preparedQuery(REGISTER).execute(Tuple.of(origins)).replaceWithVoid();
  }
}

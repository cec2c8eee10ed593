package vn.luot.site.registry;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The site {@code demo} of the standalone start, allowed where the service itself is reached. */
@Singleton
class DemoSite {
  // Its pages come from the service itself, and a browser names no Origin when it only reads there.
  // Whoever tries it is alone in a network.
  private static final String REGISTER =
      """
      INSERT INTO site (rules)
      VALUES (jsonb_build_object('id', 'demo', 'name', 'Luot demo', 'origins', to_jsonb($1::text[]),
                                 'requireOrigin', false, 'listedAfterNetworks', 0))
      ON CONFLICT (slug) DO UPDATE
      SET rules = jsonb_set(site.rules, '{origins}', excluded.rules->'origins') WHERE site.deleted_at IS NULL
      """;

  private final Pool pool;
  private final boolean wanted;

  DemoSite(Pool pool, @ConfigProperty(name = "luot.demo", defaultValue = "false") boolean wanted) {
    this.pool = pool;
    this.wanted = wanted;
  }

  /** False while the port is not known yet, or the site is being deleted: then register again. */
  Uni<Boolean> register() {
    // Not injected: where any free port is asked for, Quarkus sets it when it has one.
    int port = ConfigProvider.getConfig().getValue("quarkus.http.port", int.class);
    if (!wanted || port == 0) {
      return Uni.createFrom().item(!wanted);
    }
    String[] origins = {"http://localhost:" + port, "http://127.0.0.1:" + port};
    return pool.preparedQuery(REGISTER)
        .execute(Tuple.of(origins))
        .map(registered -> registered.rowCount() > 0);
  }
}

package vn.luot.connection.postgres;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the way to PostgreSQL. */
@ConfigMapping(prefix = "luot.postgres")
interface PostgresConfig {
  /** Whether PgBouncer stands between, and its pool_mode: none, session or transaction. */
  @WithDefault("none")
  Pooler pooler();
}

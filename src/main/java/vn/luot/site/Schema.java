package vn.luot.site;

import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import org.flywaydb.core.Flyway;

/** Brings PostgreSQL's tables to this version, as soon as PostgreSQL can be reached. */
@ApplicationScoped
class Schema {
  private final Flyway flyway;
  private volatile boolean current;

  Schema(Flyway flyway) {
    this.flyway = flyway;
  }

  /** Blocks. Whether the tables are current; while they are not, call again. */
  boolean bringUp() {
    if (!current) {
      try {
        flyway.migrate();
        current = true;
      } catch (RuntimeException e) {
        Log.warnf("PostgreSQL's tables cannot be brought up to date yet: %s", e.getMessage());
      }
    }
    return current;
  }
}

package vn.luot.connection.postgres;

import io.vertx.pgclient.PgConnectOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What stands between a pod and PostgreSQL, and what that does not let pass. */
public enum Pooler {
  NONE,

  /**
   * A connection leads to one session as long as it lasts. Of settings sent when it begins
   * PgBouncer refuses those it does not know: they are set afterwards.
   */
  SESSION,

  /**
   * Each transaction may be in another session: nothing of a session lasts beyond it, neither
   * settings, which the role must have then, nor statements prepared by name.
   */
  TRANSACTION;

  void begin(PgConnectOptions options, Map<String, String> settings) {
    if (this == NONE) {
      settings.forEach(options::addProperty);
    } else {
      // The client sends it; PgBouncer knows only those it keeps for each client.
      Map<String, String> known = new HashMap<>(options.getProperties());
      known.remove("extra_float_digits");
      options.setProperties(known);
    }
    if (this == TRANSACTION) {
      options.setCachePreparedStatements(false).setUseLayer7Proxy(true);
    }
  }

  /** To be executed on each new connection; empty for nothing. */
  String after(Map<String, String> settings) {
    return this != SESSION
        ? ""
        : settings.entrySet().stream()
            .map(setting -> "SET " + setting.getKey() + " = '" + setting.getValue() + "'; ")
            .collect(Collectors.joining());
  }

  /** The failure in words, with what to set where it is a pooler's. */
  public static String explain(Throwable failure) {
    String said = String.valueOf(failure.getMessage());
    if (said.contains("unsupported startup parameter")) {
      return said + ": through PgBouncer set luot.postgres.pooler to its pool_mode";
    }
    return said.contains("prepared statement \"")
        ? said + ": through PgBouncer in transaction mode set luot.postgres.pooler=transaction"
        : said;
  }
}

package vn.luot.standalone;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the application is told by its environment; what the caller has set there comes first. */
final class Settings {
  static final String REDIS = "QUARKUS_REDIS_HOSTS";
  static final String POSTGRES = "QUARKUS_DATASOURCE_REACTIVE_URL";
  static final String OPERATOR_KEY = "LUOT_OPERATOR_KEY";
  private static final String HTTP_PORT = "QUARKUS_HTTP_PORT";
  private static final String HTTP_HOST = "QUARKUS_HTTP_HOST";
  private static final String MANAGEMENT_PORT = "QUARKUS_MANAGEMENT_PORT";
  private static final String MANAGEMENT_HOST = "QUARKUS_MANAGEMENT_HOST";

  private final Map<String, String> given;
  private final Map<String, String> all;

  Settings(Map<String, String> given) {
    this.given = given;
    this.all = new HashMap<>(given);
    standard(HTTP_PORT, "8080");
    standard(HTTP_HOST, "127.0.0.1");
    standard(MANAGEMENT_PORT, "9000");
    standard(MANAGEMENT_HOST, "127.0.0.1");
    standard("LUOT_DEMO", "true");
    // For a person at a terminal; and nobody stands before it who would have to notice its end.
    standard("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
    standard("QUARKUS_SHUTDOWN_DELAY", "0S");
  }

  private void standard(String name, String value) {
    if (!isGiven(name)) {
      all.put(name, value);
    }
  }

  boolean isGiven(String name) {
    return !given.getOrDefault(name, "").isBlank();
  }

  void use(Redis redis) {
    all.put(REDIS, redis.url());
  }

  void use(Postgres postgres) {
    all.put(POSTGRES, postgres.url());
    all.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
    all.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
  }

  void useOperatorKey(String key) {
    all.put(OPERATOR_KEY, key);
  }

  Map<String, String> environment() {
    return all;
  }

  String address() {
    return "http://localhost:%s/".formatted(all.get(HTTP_PORT));
  }

  /** Where the application says that it is ready, whether or not it has a management port. */
  List<URI> probes() {
    return List.of(
        probe(all.get(MANAGEMENT_HOST), all.get(MANAGEMENT_PORT)),
        probe(all.get(HTTP_HOST), all.get(HTTP_PORT)));
  }

  private static URI probe(String host, String port) {
    var reached = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    return URI.create("http://%s:%s/q/health/ready".formatted(reached, port));
  }
}

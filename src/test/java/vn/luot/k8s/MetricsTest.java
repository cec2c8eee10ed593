package vn.luot.k8s;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Stores;

/** What alerts, dashboard and documentation speak of is there to be read. */
@Tag("packaged")
@QuarkusTest
class MetricsTest {
  private static final Pattern NAME = Pattern.compile("\\bluot_[a-z_]*[a-z]\\b");

  Postgres postgres;

  private static String metrics() {
    URI address =
        URI.create("http://localhost:" + Integer.getInteger(Stores.MANAGEMENT_PORT) + "/q/metrics");
    return given().get(address).asString();
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k8s/components/monitoring/prometheusrule.yaml",
        "k8s/components/monitoring/dashboard.json",
        "src/main/docs/operating.md",
        "src/main/docs/troubleshooting.md"
      })
  void everyMetricThatIsNamedExists(String file) throws IOException {
    TestSite site = TestSite.create(postgres);
    site.hit("/a").statusCode(200);
    site.hit("/a/../b").statusCode(422);
    Set<String> missing = new TreeSet<>(names(Files.readString(Path.of(file))));
    missing.removeAll(names(metrics()));
    // A summary or histogram goes by its own name, and its parts by theirs.
    Set<String> there = names(metrics());
    missing.removeIf(name -> there.contains(name + "_count"));
    assertEquals(Set.of(), missing);
  }

  @Test
  void whatOperatorsWatchHasValues() {
    TestSite.create(postgres).hit("/a").statusCode(200);
    await().until(() -> value("luot_redis_memory_used_bytes") > 0);
    assertEquals(0, value("luot_redis_memory_limit_bytes"));
    assertEquals(8, value("luot_postgres_connections_max"));
    assertEquals(0, value("luot_sites_from_copy"));
    assertEquals(true, value("luot_sites_known") > 0);
    assertEquals(true, value("luot_postgres_connections") > 0);
    assertEquals(true, metrics().contains("luot_batch_redis_seconds_bucket{le=\"0.025\"}"));
    // An alert on the first one needs a 0 before it.
    assertEquals(0, value("luot_requests_refused_total{call=\"hits\",reason=\"internal\"}"));
  }

  private static double value(String name) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is missing"));
  }
}

package vn.luot.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each alert fires on its fault and is quiet otherwise: Prometheus's own promtool says so. */
class AlertsTest {
  private static final Path RULES = Path.of("k8s/components/monitoring/prometheusrule.yaml");
  private static final Path CASES = Path.of("src/test/resources/alerts/cases.yaml");

  @TempDir private Path directory;

  @Test
  void everyAlertHasACase() throws IOException {
    TreeSet<String> alerts = new TreeSet<>();
    spec().at("/groups/0/rules").forEach(rule -> alerts.add(rule.path("alert").asText()));
    TreeSet<String> cases = new TreeSet<>();
    Manifests.YAML.readTree(CASES.toFile()).path("alerts").forEach(c -> cases.add(name(c)));
    assertEquals(alerts, cases);
  }

  @Test
  void eachFiresOnItsFaultAndIsQuietOtherwise() throws Exception {
    Assumptions.assumeTrue(Kustomize.isInstalled("promtool"), "skipped: promtool is not installed");
    Manifests.YAML.writeValue(directory.resolve("rules.yaml").toFile(), spec());
    Manifests.YAML.writeValue(directory.resolve("tests.yaml").toFile(), tests());
    Process process =
        new ProcessBuilder("promtool", "test", "rules", "tests.yaml")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private static JsonNode spec() throws IOException {
    JsonNode spec = Manifests.documents(Files.readString(RULES)).get(0).path("spec");
    // promtool would compare these texts as well.
    spec.at("/groups/0/rules").forEach(rule -> ((ObjectNode) rule).remove("annotations"));
    return spec;
  }

  private static String name(JsonNode of) {
    return of.path("alert").asText();
  }

  /** Each case twice: with its fault, and with what is usual. */
  private static JsonNode tests() throws IOException {
    ObjectNode all = Manifests.YAML.createObjectNode();
    all.putArray("rule_files").add("rules.yaml");
    ArrayNode tests = all.putArray("tests");
    for (JsonNode each : Manifests.YAML.readTree(CASES.toFile()).path("alerts")) {
      alert(tests, each, "fault").putArray("exp_alerts").add(told(each));
      alert(tests, each, "usual").putArray("exp_alerts");
    }
    return all;
  }

  private static ObjectNode alert(ArrayNode tests, JsonNode of, String input) {
    ObjectNode test = tests.addObject().put("interval", "1m");
    test.set("input_series", of.path(input));
    ObjectNode expected = test.putArray("alert_rule_test").addObject();
    return expected.put("alertname", name(of)).put("eval_time", of.path("after").asText());
  }

  private static ObjectNode told(JsonNode of) throws IOException {
    ObjectNode told = Manifests.YAML.createObjectNode();
    ObjectNode labels = told.putObject("exp_labels").setAll((ObjectNode) of.path("labels"));
    for (JsonNode rule : spec().at("/groups/0/rules")) {
      if (name(rule).equals(name(of))) {
        labels.setAll((ObjectNode) rule.path("labels"));
      }
    }
    return told;
  }
}

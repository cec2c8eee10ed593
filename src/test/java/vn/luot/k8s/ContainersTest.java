package vn.luot.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the images without building them. */
class ContainersTest {
  private static List<String> lines(String name) throws IOException {
    return Files.readAllLines(Path.of("src/main/docker", name));
  }

  private static List<String> after(List<String> lines, String instruction) {
    return lines.stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length() + 1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
  void anImageIsOfFixedVersionsAndRunsAsNobodyInParticular(String name) throws IOException {
    List<String> lines = lines(name);
    assertEquals(List.of("1001:1001"), after(lines, "USER"));
    List<String> stages = new ArrayList<>(List.of("scratch"));
    for (String from : after(lines, "FROM")) {
      String base = from.split(" ")[0];
      assertTrue(stages.contains(base) || base.startsWith("${"), base);
      stages.add(from.substring(from.lastIndexOf(' ') + 1));
    }
    for (String argument : after(lines, "ARG")) {
      boolean image = argument.contains(":");
      assertTrue(!image || argument.matches(".*:[^:]*[0-9]\\.[0-9].*"), argument);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.native", "Dockerfile.jvm"})
  void anImageIsBuiltFromWhatDockerIsGiven(String name) throws IOException {
    List<String> given = Files.readAllLines(Path.of(".dockerignore"));
    for (String copied : after(lines(name), "COPY")) {
      String source = copied.split(" ")[0];
      assertTrue(source.startsWith("--from=") || given.contains("!" + source), source);
      assertTrue(source.startsWith("--from=") || Files.exists(Path.of(source)), source);
    }
  }

  @Test
  void bothImagesAreDescribedAlikeAndListenForOthers() throws IOException {
    for (String instruction : List.of("LABEL", "ENV QUARKUS", "EXPOSE")) {
      assertEquals(
          lines("Dockerfile.native").stream().filter(l -> l.startsWith(instruction)).toList(),
          lines("Dockerfile.jvm").stream().filter(l -> l.startsWith(instruction)).toList());
    }
  }

  /** What stands there comes before luot.env, where nobody could change it. */
  @Test
  void composeLeavesItsSettingsToEnvAndItsTmpToLibraries() throws IOException {
    JsonNode luot =
        Manifests.YAML
            .readTree(Path.of("src/main/docker/compose.yaml").toFile())
            .at("/services/luot");
    for (Map.Entry<String, JsonNode> set : luot.path("environment").properties()) {
      String name = set.getKey();
      assertTrue(
          name.startsWith("QUARKUS_") || set.getValue().asText().startsWith("${" + name), name);
    }
    assertEquals("/tmp:exec", luot.path("tmpfs").asText());
  }
}

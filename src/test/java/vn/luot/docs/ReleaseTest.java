package vn.luot.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.schema.Main;

/** A release has one version, wherever it is named, and its changes are told. */
class ReleaseTest {
  /** What a version of Luot follows. */
  private static final Pattern NAMED =
      Pattern.compile("(?:luot:|luot-|luot-migrate-|ARG VERSION=|newTag: )(\\d+\\.\\d+\\.\\d+)");

  @Test
  void aVersionIsNoSnapshot() {
    assertTrue(Main.version().matches("\\d+\\.\\d+\\.\\d+"), Main.version());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "src/main/docker/Dockerfile.jvm",
        "src/main/docker/Dockerfile.native",
        "src/main/docker/compose.yaml",
        "src/main/docs/operating.md",
        "k8s/components/migration/job.yaml",
        "k8s/overlays/dev/kustomization.yaml",
        "k8s/overlays/production/kustomization.yaml",
        "k8s/overlays/cluster/kustomization.yaml"
      })
  void everyFileNamesThisVersion(String file) throws IOException {
    TreeSet<String> named = new TreeSet<>();
    NAMED
        .matcher(Files.readString(Path.of(file)))
        .results()
        .forEach(found -> named.add(found.group(1)));
    assertEquals(List.of(Main.version()), List.copyOf(named));
  }

  @Test
  void theListOfChangesBeginsWithThisVersion() throws IOException {
    List<String> versions =
        Files.readAllLines(Path.of("src/main/docs/changelog.md")).stream()
            .filter(line -> line.startsWith("## "))
            .toList();
    assertFalse(versions.isEmpty());
    assertTrue(versions.get(0).startsWith("## " + Main.version()), versions.get(0));
  }
}

package vn.luot.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said of the files below k8s without a program that renders them. */
class FilesTest {
  private static final String LIST = "kustomization.yaml";

  private static List<Path> directories() throws IOException {
    try (Stream<Path> all = Files.walk(Kustomize.HOME)) {
      return all.filter(path -> path.endsWith(LIST)).map(Path::getParent).toList();
    }
  }

  private static JsonNode kustomization(Path directory) throws IOException {
    return Manifests.YAML.readTree(directory.resolve(LIST).toFile());
  }

  /** Every path that a kustomization names. */
  private static List<String> listed(JsonNode kustomization) {
    List<String> listed = new ArrayList<>();
    kustomization.path("resources").forEach(path -> listed.add(path.asText()));
    kustomization.path("components").forEach(path -> listed.add(path.asText()));
    kustomization.path("patches").forEach(patch -> listed.add(patch.path("path").asText()));
    for (JsonNode map : kustomization.path("configMapGenerator")) {
      map.path("envs").forEach(path -> listed.add(path.asText()));
      map.path("files").forEach(path -> listed.add(path.asText().replaceFirst("^.*=", "")));
    }
    return listed;
  }

  @Test
  void everyFileIsListedAndEveryListedFileExists() throws IOException {
    for (Path directory : directories()) {
      TreeSet<String> listed = new TreeSet<>();
      for (String path : listed(kustomization(directory))) {
        if (!Files.isDirectory(directory.resolve(path))) {
          listed.add(path);
        }
      }
      try (Stream<Path> files = Files.list(directory)) {
        TreeSet<String> there = new TreeSet<>();
        files.filter(Files::isRegularFile).forEach(f -> there.add(f.getFileName().toString()));
        there.remove(LIST);
        assertEquals(there, listed, directory.toString());
      }
    }
  }

  @Test
  void everyOverlayIsTested() throws IOException {
    try (Stream<Path> overlays = Files.list(Kustomize.HOME.resolve("overlays"))) {
      assertEquals(
          Kustomize.OVERLAYS, overlays.map(o -> o.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void everyComponentIsUsedOrSaysWhatItIsFor() throws IOException {
    TreeSet<String> used = new TreeSet<>(List.of("jvm", "openshift", "registry"));
    for (Path directory : directories()) {
      kustomization(directory)
          .path("components")
          .forEach(path -> used.add(Path.of(path.asText()).getFileName().toString()));
    }
    try (Stream<Path> components = Files.list(Kustomize.HOME.resolve("components"))) {
      assertEquals(used, new TreeSet<>(components.map(c -> c.getFileName().toString()).toList()));
    }
  }

  @Test
  void aFileHoldsOneObjectAndIsNamedAfterItsKind() throws IOException {
    for (Path directory : directories()) {
      for (JsonNode resource : kustomization(directory).path("resources")) {
        Path file = directory.resolve(resource.asText());
        if (Files.isRegularFile(file)) {
          List<JsonNode> documents = Manifests.documents(Files.readString(file));
          assertEquals(1, documents.size(), file.toString());
          String kind = documents.get(0).path("kind").asText().toLowerCase(Locale.ROOT);
          String name = file.getFileName().toString();
          assertTrue(name.equals(kind + ".yaml") || name.startsWith(kind + "-"), file.toString());
        }
      }
    }
  }

  /** Older ones have holes that are published, such as CVE-2025-49844 in Redis. */
  @ParameterizedTest
  @CsvSource({"redis, 7.2.16", "postgres, 17.11"})
  void aStoresVersionStandsInOnePlaceAndIsNoOlderThan(String image, String floor)
      throws IOException {
    List<String> tags = new ArrayList<>();
    for (Path directory : directories()) {
      for (JsonNode pinned : kustomization(directory).path("images")) {
        if (pinned.path("name").asText().equals(image) && pinned.has("newTag")) {
          tags.add(pinned.path("newTag").asText());
        }
      }
    }
    assertEquals(1, tags.size(), tags.toString());
    ModuleDescriptor.Version found =
        ModuleDescriptor.Version.parse(tags.get(0).replaceFirst("-.*", ""));
    assertTrue(
        found.compareTo(ModuleDescriptor.Version.parse(floor)) >= 0,
        found + " is older than " + floor);
  }

  @Test
  void aDumpThatBrokeOffTakesNoRoomFromTheNext(@TempDir Path directory) throws Exception {
    Assumptions.assumeTrue(Kustomize.isInstalled("bash"), "skipped: bash is not installed");
    Path backups = Files.createDirectory(directory.resolve("backup"));
    for (int day = 10; day < 24; day++) {
      Files.createFile(backups.resolve("luot-2025-11-" + day + "-0130.dump"));
    }
    assertEquals(1, backUp(directory, "false"));
    assertEquals(0, backUp(directory, "true"));
    try (Stream<Path> files = Files.list(backups)) {
      List<String> kept = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertEquals(14, kept.size(), kept::toString);
      assertEquals("luot-2025-11-11-0130.dump", kept.get(0));
      assertTrue(kept.stream().allMatch(name -> name.endsWith(".dump")), kept::toString);
    }
  }

  /** The script of the job, whose pg_dump needs the room of one dump, and ends like this. */
  private static int backUp(Path directory, String end) throws Exception {
    String script =
        Manifests.YAML
            .readTree(Kustomize.HOME.resolve("components/backup/cronjob.yaml").toFile())
            .at("/spec/jobTemplate/spec/template/spec/containers/0/command/2")
            .asText()
            .replace("/run/secrets/postgres", directory.toString())
            .replace("/backup", directory.resolve("backup").toString());
    Files.writeString(directory.resolve("password"), "secret");
    String dump =
        "pg_dump() { there=$(ls backup | wc -l); touch ${5#--file=}; [ $there = 13 ] && %s; }\n";
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-euc", dump.formatted(end) + script)
            .directory(directory.toFile())
            .inheritIO();
    bash.environment().put("PGPASSFILE", directory.resolve("pgpass").toString());
    return bash.start().waitFor();
  }
}

package vn.luot.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing is in the artifact whose licence nobody looked at, or that may not be in it. */
class LicencesIT {
  private static final Path LIBRARIES = Path.of("target", "quarkus-app", "lib");

  /** Used as they are, all of these ask for no more than their notice. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "CC0-1.0",
          "EPL-1.0",
          "EPL-2.0");

  private static Map<String, List<String>> licences() throws IOException {
    Map<String, List<String>> licences = new TreeMap<>();
    try (InputStream in = LicencesIT.class.getResourceAsStream("/licences.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .forEach(words -> licences.put(words[0], Arrays.asList(words[1].split(" or "))));
    }
    return licences;
  }

  /** Named after group, artifact and version. */
  private static List<String> libraries() throws IOException {
    assumeTrue(Files.isDirectory(LIBRARIES), "the native executable has them inside");
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(LIBRARIES)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .forEach(names::add);
    }
    return names;
  }

  @Test
  void everyLibrarysLicenceIsKnown() throws IOException {
    Set<String> groups = licences().keySet();
    List<String> unknown = new ArrayList<>(libraries());
    assertFalse(unknown.isEmpty());
    unknown.removeIf(library -> groups.stream().anyMatch(group -> library.startsWith(group + ".")));
    assertEquals(List.of(), unknown);
  }

  @Test
  void everyLicenceAllowsWhatIsDoneWithIt() throws IOException {
    List<String> refused = new ArrayList<>();
    licences()
        .forEach(
            (group, choice) -> {
              if (choice.stream().noneMatch(ALLOWED::contains)) {
                refused.add(group + " " + choice);
              }
            });
    assertEquals(List.of(), refused);
  }

  @Test
  void noLibraryIsAnUnfinishedOne() throws IOException {
    assertEquals(
        List.of(), libraries().stream().filter(name -> name.contains("SNAPSHOT")).toList());
  }
}

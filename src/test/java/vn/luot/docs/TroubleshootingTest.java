package vn.luot.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.luot.refusal.Reason;

/** Whatever Luot reports is explained on one page, and nothing else is. */
class TroubleshootingTest {
  private static final Path PAGE = Path.of("src/main/docs/troubleshooting.md");

  @Test
  void everyAlertIsExplained() throws IOException {
    String rules = Files.readString(Path.of("k8s/components/monitoring/prometheusrule.yaml"));
    assertEquals(
        all(rules, "- alert: (\\w+)"), all(Files.readString(PAGE), "\\*\\*(Luot\\w+)\\*\\*"));
  }

  @Test
  void everyFindingIsExplained() throws IOException {
    Set<String> findings = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/vn/luot/check"))) {
      for (Path file : files.toList()) {
        String source = Files.readString(file);
        findings.addAll(all(source, "\"((?:redis|postgres)(?:-[a-z]+)+)\""));
        all(source, "mustNotBeOff\\(found, \"(\\w+)\"")
            .forEach(setting -> findings.add("postgres-" + setting.replace('_', '-')));
      }
    }
    assertTrue(findings.size() > 9, findings::toString);
    assertEquals(findings, all(Files.readString(PAGE), "\\| `((?:redis|postgres)-[a-z-]+)` \\|"));
  }

  @Test
  void everyReasonThatIsNamedExists() throws IOException {
    String about =
        Files.readString(PAGE).split("\\*\\*LuotRequestsRefused\\*\\*")[1].split("\n\n")[0];
    Set<String> named = all(about, "`([a-z]+(?:-[a-z]+)*)`[:, ]");
    named.remove("reason");
    Stream.of(Reason.values()).map(Reason::label).forEach(named::remove);
    assertEquals(Set.of(), named);
  }

  private static Set<String> all(String text, String pattern) {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern).matcher(text).results().forEach(each -> found.add(each.group(1)));
    return found;
  }
}

package vn.luot.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README and the documents lead where they say, and can be read in a terminal. */
class DocumentsTest {
  private static final Pattern LINK =
      Pattern.compile("(?:]\\(|<a\\s+href=\")([^/):\"][^):\"]*)[)\"]");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final int MOST_CHARS = 120;

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> lost = new ArrayList<>();
    for (Path document : documents()) {
      for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
        String[] parts = link.group(1).split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        if (!Files.exists(target) || parts.length == 2 && !headings(target).contains(parts[1])) {
          lost.add(document + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), lost);
  }

  /** Rows of tables and commands cannot be broken. */
  @Test
  void linesAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path document : documents()) {
      Files.readAllLines(document).stream()
          .filter(
              line ->
                  line.codePointCount(0, line.length()) > MOST_CHARS
                      && line.charAt(0) != '|'
                      && !line.startsWith("    "))
          .forEach(line -> tooLong.add(document + ": " + line));
    }
    assertEquals(List.of(), tooLong);
  }

  /** As they are named in links. */
  private static List<String> headings(Path document) throws IOException {
    return HEADING
        .matcher(Files.readString(document))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\p{L}\\p{N}_\\- ]", "").replace(' ', '-'))
        .toList();
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> documents = Files.list(Path.of("src/main/docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), documents)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }
}

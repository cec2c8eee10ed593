package vn.luot.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.site.SiteRules;

/**
 * The table of settings and the sample configuration have every setting, in the words of the code.
 * {@code mvn test -Dtest=SettingsTest -Dluot.settings.write=true} writes both.
 */
class SettingsTest {
  private static final Path TABLE = Path.of("src/main/docs/settings.md");
  private static final Path SAMPLE = Path.of("src/main/resources/luot.env");

  /** What follows this line is made; what is before it is written by hand. */
  private static final String MADE = "Made by SettingsTest from the code";

  private static final int WIDTH = 118;
  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern OUTER =
      Pattern.compile("(?m)^[a-z ]*(?:class|interface|record) (\\w+)");
  private static final Pattern MAPPING = Pattern.compile("@ConfigMapping[^{]*interface (\\w+)");

  /** Comment, annotations, name. */
  private static final Pattern SETTING =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*((?:@\\w+(?:\\([^)]*\\))?\\s*)*)[\\w<>]+ (\\w+)\\(\\);",
          Pattern.DOTALL);

  private static final Pattern DEFAULT = Pattern.compile("@WithDefault\\(\"(.*?)\"\\)");
  private static final Pattern SINGLE =
      Pattern.compile("@ConfigProperty\\(\\s*name = \"(luot\\.[^\"]+)\"");

  private record Setting(String name, String standard, String meaning) {
    String row() {
      String shown = standard.isEmpty() ? "none" : standard;
      String text = meaning.replace("&", "&amp;").replace("<", "&lt;");
      return wrap("<tr><td><code>" + name + "</code><td>" + shown + "<td>" + text, "");
    }

    String line() {
      return wrap(meaning, "# ") + "#" + variable(name) + "=" + standard + "\n\n";
    }
  }

  @Test
  void theTableHasEverySetting() throws IOException {
    String made =
        settings().stream()
            .filter(setting -> !byHand(TABLE).contains("<code>" + setting.name + "</code><td>"))
            .map(Setting::row)
            .collect(Collectors.joining());
    hold(TABLE, "\n<table>\n<tr><th>setting<th>default<th>meaning\n" + made + "</table>\n");
  }

  @Test
  void theSampleHasEverySetting() throws IOException {
    String made =
        settings().stream()
            .filter(setting -> !byHand(SAMPLE).contains("#" + variable(setting.name) + "="))
            .map(Setting::line)
            .collect(Collectors.joining());
    hold(SAMPLE, "\n" + made.stripTrailing() + "\n");
  }

  @Test
  void whatIsWrittenByHandHasTheOthers() throws IOException {
    String table = Files.readString(TABLE);
    String sample = Files.readString(SAMPLE);
    TreeSet<String> missing = new TreeSet<>();
    for (String source : sources()) {
      SINGLE.matcher(source).results().map(found -> found.group(1)).forEach(missing::add);
    }
    Pattern.compile("<code>(quarkus[^<]+)</code>")
        .matcher(table)
        .results()
        .forEach(found -> missing.add(found.group(1)));
    missing.removeIf(
        name -> table.contains("<code>" + name + "<") && sample.contains(variable(name) + "="));
    assertEquals(List.of("luot.test.clock-offset"), List.copyOf(missing));
  }

  @ParameterizedTest
  @ValueSource(strings = {"owners.md", "owners.vi.md"})
  void everyRuleOfASiteIsExplainedToOwners(String page) throws IOException {
    String text = Files.readString(Path.of("src/main/docs", page));
    List<String> missing =
        Stream.of(SiteRules.class.getRecordComponents())
            .map(rule -> rule.getName())
            .filter(rule -> !text.contains("<code>" + rule + "</code>"))
            .toList();
    assertEquals(List.of(), missing);
  }

  private static String byHand(Path file) {
    try {
      String text = Files.readString(file);
      return text.substring(0, text.indexOf('\n', text.indexOf(MADE)) + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hold(Path file, String made) throws IOException {
    String wanted = byHand(file) + made;
    if (Boolean.getBoolean("luot.settings.write")) {
      Files.writeString(file, wanted);
    }
    assertEquals(wanted, Files.readString(file), "write it with -Dluot.settings.write=true");
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<String> sources = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
      return sources;
    }
  }

  private static List<Setting> settings() throws IOException {
    Properties given = new Properties();
    try (Reader in =
        Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
      given.load(in);
    }
    TreeMap<String, Setting> settings = new TreeMap<>();
    for (String source : sources()) {
      Matcher mapping = MAPPING.matcher(source);
      if (mapping.find()) {
        String outer = first(OUTER, source);
        String inner = mapping.group(1).equals(outer) ? "" : "$" + mapping.group(1);
        read(first(PACKAGE, source) + "." + outer + inner, source, given, settings);
      }
    }
    return List.copyOf(settings.values());
  }

  private static String first(Pattern pattern, String source) {
    return pattern.matcher(source).results().findFirst().orElseThrow().group(1);
  }

  private static void read(
      String type, String source, Properties given, TreeMap<String, Setting> settings) {
    TreeSet<String> uncommented = new TreeSet<>();
    Class<?> mapping;
    try {
      mapping = Class.forName(type);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
    Stream.of(mapping.getDeclaredMethods()).forEach(method -> uncommented.add(method.getName()));
    String prefix = mapping.getAnnotation(ConfigMapping.class).prefix() + ".";
    for (MatchResult found : SETTING.matcher(source).results().toList()) {
      uncommented.remove(found.group(3));
      String name = prefix + dashed(found.group(3));
      Matcher standard = DEFAULT.matcher(found.group(2));
      settings.put(
          name,
          new Setting(
              name,
              standard.find() ? standard.group(1) : given.getProperty(name, ""),
              prose(found.group(1))));
    }
    assertEquals(List.of(), List.copyOf(uncommented), type);
  }

  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  private static String prose(String comment) {
    return comment
        .replaceAll("\\s*\\n\\s*\\*\\s*(<p>)?", " ")
        .replaceAll("; see \\{@link [^}]*}", "")
        .replaceAll("\\{@code\\s+([^}]*)}", "$1")
        .strip();
  }

  private static String wrap(String text, String before) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder(before);
    for (String word : text.split(" ")) {
      if (line.length() + word.length() > WIDTH) {
        lines.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(before);
      }
      line.append(word).append(' ');
    }
    return lines.append(line.toString().stripTrailing()).append('\n').toString();
  }
}

package vn.luot.executable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * What GraalVM would be given to build the executable, of which it needs nothing here: which
 * classes, resources and proxies may be looked up by name.
 */
final class NativeSources {
  private static final Pattern CLASS_NAME = Pattern.compile("[a-zA-Z_$][\\w$]*([./][\\w$]+)+");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> classes = new HashSet<>();
  private final Set<String> proxies = new HashSet<>();
  private final List<Pattern> resources = new ArrayList<>();
  private final List<Pattern> excluded = new ArrayList<>();

  /** As {@code mvn package -Dnative -Dquarkus.native.sources-only=true}, in another directory. */
  static NativeSources made(Path directory) throws Exception {
    Properties settings = new Properties();
    settings.setProperty("quarkus.native.enabled", "true");
    settings.setProperty("quarkus.native.sources-only", "true");
    settings.setProperty("quarkus.package.jar.enabled", "false");
    Files.createDirectories(directory);
    try (CuratedApplication application =
        QuarkusBootstrap.builder()
            .setApplicationRoot(Path.of("target/classes").toAbsolutePath())
            .setProjectRoot(Path.of("").toAbsolutePath())
            .setTargetDirectory(directory.toAbsolutePath())
            .setBaseName("luot")
            .setMode(QuarkusBootstrap.Mode.PROD)
            .setLocalProjectDiscovery(true)
            .setBuildSystemProperties(settings)
            .build()
            .bootstrap()) {
      application.createAugmentor().createProductionApplication();
    }
    return new NativeSources(directory.resolve("native-sources"));
  }

  NativeSources(Path directory) throws IOException {
    String arguments = Files.readString(directory.resolve("native-image.args"));
    Set<String> features = new HashSet<>();
    for (String argument : arguments.split("\\s+")) {
      if (argument.startsWith("--features=")) {
        features.addAll(List.of(argument.substring("--features=".length()).split(",")));
        // It says what is initialised when, and looks nothing up.
        features.remove("io.quarkus.runner.Feature");
      }
    }
    try (Stream<Path> jars = Files.walk(directory)) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        read(jar, features);
      }
    }
  }

  private void read(Path file, Set<String> features) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith("META-INF/native-image/") && name.endsWith(".json")) {
          try (InputStream in = jar.getInputStream(entry)) {
            read(name.substring(name.lastIndexOf('/') + 1), JSON.readTree(in));
          }
        } else if (isOfFeature(name, features)) {
          try (InputStream in = jar.getInputStream(entry)) {
            readConstants(new ClassReader(in));
          }
        }
      }
    }
  }

  private void read(String file, JsonNode content) {
    switch (file) {
      case "reflect-config.json" ->
          content.forEach(type -> classes.add(type.path("name").asText()));
      case "proxy-config.json" ->
          content.forEach(
              proxy -> {
                List<String> names = new ArrayList<>();
                (proxy.isArray() ? proxy : proxy.path("interfaces"))
                    .forEach(type -> names.add(type.asText()));
                proxies.add(String.join(",", names));
              });
      case "resource-config.json" -> {
        addPatterns(content.at("/resources/includes"), resources);
        addPatterns(content.at("/resources/excludes"), excluded);
      }
      default -> {}
    }
  }

  private static void addPatterns(JsonNode from, List<Pattern> to) {
    from.forEach(rule -> to.add(Pattern.compile(rule.path("pattern").asText())));
  }

  /** A feature, and what lies beside it, which some read their lists from. */
  private static boolean isOfFeature(String entry, Set<String> features) {
    return entry.endsWith(".class")
        && features.stream()
            .map(feature -> feature.substring(0, feature.lastIndexOf('.') + 1).replace('.', '/'))
            .anyMatch(
                beside -> entry.startsWith(beside) && entry.indexOf('/', beside.length()) < 0);
  }

  /** Features are programs: each class they name is taken for registered. */
  private void readConstants(ClassReader feature) {
    char[] buffer = new char[feature.getMaxStringLength()];
    for (int i = 1; i < feature.getItemCount(); i++) {
      int at = feature.getItem(i);
      // Tags of a constant pool: 7 is a class, 8 a string.
      if (at > 0 && (feature.readByte(at - 1) == 7 || feature.readByte(at - 1) == 8)) {
        String text = feature.readUTF8(at, buffer);
        if (CLASS_NAME.matcher(text).matches()) {
          classes.add(text.replace('/', '.'));
        }
      }
    }
  }

  boolean has(String kind, String name) {
    return switch (kind) {
      case "class", "members" -> classes.contains(name);
      case "proxy" -> proxies.contains(name);
      default -> isOne(resources, name) && !isOne(excluded, name);
    };
  }

  private static boolean isOne(List<Pattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }
}

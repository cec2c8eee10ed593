package vn.luot.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What the last build has packaged: a native executable, or jars.
 *
 * @param home the executable, or the directory that holds all jars
 */
public record Artifact(Path home, boolean isNative) {
  private static final Path JAR = Path.of("quarkus-run.jar");

  /** As the build has noted it in its directory; an older one may lie beside it. */
  public static Artifact in(Path target) {
    Path notes = target.resolve("quarkus-artifact.properties");
    Properties built = new Properties();
    try (InputStream in = Files.newInputStream(notes)) {
      built.load(in);
    } catch (IOException e) {
      throw new Refusal(notes + " is missing: package the application first.");
    }
    Path file = target.resolve(built.getProperty("path", ""));
    return switch (built.getProperty("type", "")) {
      case "native" -> new Artifact(file, true);
      case "jar" -> new Artifact(file.getParent(), false);
      default ->
          throw new Refusal(notes + " names nothing that runs: package the application again.");
    };
  }

  Artifact movedTo(Path copy) {
    return new Artifact(copy, isNative);
  }

  /** How to run it; the options are for a JVM, where one is needed. */
  public List<String> command(List<String> jvmOptions) {
    if (isNative) {
      return List.of(home.toString());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", home.resolve(JAR).toString()));
    return command;
  }
}

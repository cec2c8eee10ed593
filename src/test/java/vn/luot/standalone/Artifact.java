package vn.luot.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the last build has packaged: a native executable, or jars.
 *
 * @param home the executable, or the directory that holds all jars
 */
public record Artifact(Path home, boolean isNative) {
  private static final Path JAR = Path.of("quarkus-run.jar");

  /** Classes as the build's JVM has read and verified them: it starts with less work. */
  private static final String ARCHIVE = "app-cds.jsa";

  private static final String NOTES = "quarkus-artifact.properties";
  private static final Path STANDALONE = Path.of("src/test/java/vn/luot/standalone");

  /** As the build has noted it in its directory; an older one may lie beside it. */
  public static Artifact in(Path target) {
    Path notes = target.resolve(NOTES);
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

  /** Whether the last build has packaged what lies in the project's directory now. */
  static boolean isUpToDate(Path project) throws IOException {
    Path notes = project.resolve("target").resolve(NOTES);
    if (Files.notExists(notes)) {
      return false;
    }
    FileTime built = Files.getLastModifiedTime(notes);
    for (Path source : List.of(Path.of("pom.xml"), Path.of("src/main"), STANDALONE)) {
      // Directories too: that a file was deleted shows there.
      try (Stream<Path> parts = Files.walk(project.resolve(source))) {
        for (Path part : parts.toList()) {
          if (Files.getLastModifiedTime(part).compareTo(built) >= 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  Artifact movedTo(Path copy) {
    return new Artifact(copy, isNative);
  }

  /** A process that runs it; the options are for a JVM, where one is needed. */
  public ProcessBuilder process(List<String> jvmOptions, String... arguments) {
    List<String> command = new ArrayList<>();
    ProcessBuilder process = new ProcessBuilder(command);
    if (isNative) {
      command.add(home.toString());
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      if (Files.exists(home.resolve(ARCHIVE))) {
        command.add("-XX:SharedArchiveFile=" + ARCHIVE);
      }
      command.addAll(jvmOptions);
      command.addAll(List.of("-jar", JAR.toString()));
      // The archive holds for the class path as it was named when it was made.
      process.directory(home.toFile());
    }
    command.addAll(List.of(arguments));
    return process;
  }
}

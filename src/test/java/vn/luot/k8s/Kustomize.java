package vn.luot.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/** Renders an overlay with kubectl or kustomize, whichever is installed. */
final class Kustomize {
  static final Path HOME = Path.of("k8s");
  static final List<String> OVERLAYS = List.of("cluster", "dev", "production");

  private static final List<List<String>> PROGRAMS =
      List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"));
  private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

  private Kustomize() {}

  /** Skips the test where neither program is there. */
  static Manifests render(String overlay) {
    List<String> program =
        PROGRAMS.stream().filter(words -> isInstalled(words.get(0))).findFirst().orElse(null);
    Assumptions.assumeTrue(
        program != null, "skipped: neither kubectl nor kustomize is installed to render k8s/");
    return RENDERED.computeIfAbsent(overlay, name -> Manifests.parse(run(program, name)));
  }

  static boolean isInstalled(String program) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  private static String run(List<String> program, String overlay) {
    List<String> command = new ArrayList<>(program);
    command.add(HOME.resolve("overlays").resolve(overlay).toString());
    try {
      Path errors = Files.createTempFile("kustomize", ".log");
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(overlay + " does not render: " + Files.readString(errors));
      }
      Files.delete(errors);
      return yaml;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

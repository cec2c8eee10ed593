package vn.luot.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactTest {
  @TempDir Path target;

  private Artifact built(String type, String path) throws IOException {
    Files.writeString(
        target.resolve("quarkus-artifact.properties"), "type=" + type + "\npath=" + path + "\n");
    return Artifact.in(target);
  }

  @Test
  void anExecutableIsRunAsItIs() throws IOException {
    Artifact executable = built("native", "luot-runner");
    assertEquals(
        List.of(target.resolve("luot-runner").toString(), "migrate"),
        executable.process(List.of("-Xmx1m"), "migrate").command());
  }

  @Test
  void jarsAreRunByAJvmWithItsOptions() throws IOException {
    Artifact jars = built("jar", "quarkus-app/quarkus-run.jar").movedTo(target);
    ProcessBuilder process = jars.process(List.of("-Xmx1m"));
    assertEquals(target.toFile(), process.directory());
    assertEquals(List.of("-Xmx1m", "-jar", "quarkus-run.jar"), process.command().subList(1, 4));
    Files.writeString(target.resolve("app-cds.jsa"), "");
    assertEquals("-XX:SharedArchiveFile=app-cds.jsa", jars.process(List.of()).command().get(1));
  }

  @Test
  void sourcesOfAnExecutableAreNothingToRun() {
    assertThrows(Refusal.class, () -> built("native-sources", "native-sources"));
    assertThrows(Refusal.class, () -> Artifact.in(target.resolve("nothing")));
  }

  @Test
  void isBuiltAgainWhenASourceIsChangedOrDeleted() throws IOException {
    Path main = Files.createDirectories(target.resolve("src/main"));
    Files.createDirectories(target.resolve("src/test/java/vn/luot/standalone"));
    Path pom = Files.writeString(target.resolve("pom.xml"), "");
    Files.createDirectory(target.resolve("target"));
    assertFalse(Artifact.isUpToDate(target));
    Path notes = Files.writeString(target.resolve("target/quarkus-artifact.properties"), "");
    FileTime later = FileTime.from(Files.getLastModifiedTime(notes).toInstant().plusSeconds(9));
    Files.setLastModifiedTime(notes, later);
    assertTrue(Artifact.isUpToDate(target));
    for (Path changed : List.of(main, pom)) {
      FileTime before = Files.getLastModifiedTime(changed);
      Files.setLastModifiedTime(changed, later);
      assertFalse(Artifact.isUpToDate(target));
      Files.setLastModifiedTime(changed, before);
    }
  }
}

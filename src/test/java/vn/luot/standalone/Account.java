package vn.luot.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Under whose name PostgreSQL runs, because it refuses to be run by root. */
record Account(List<String> prefix, int uid) {
  private static final int ROOT = 0;
  private static final int NOBODY = 65534;
  private static final List<String> NAMESPACE = List.of("unshare", "-U");
  private static final List<String> OTHER =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

  static Account current() {
    var uid = Integer.parseInt(Command.output(List.of("id", "-u"), "").strip());
    if (uid != ROOT) {
      return new Account(List.of(), uid);
    }
    // Inside a user namespace without a mapping root is nobody, yet keeps access to its own files.
    if (works(NAMESPACE)) {
      return new Account(NAMESPACE, ROOT);
    }
    if (works(OTHER)) {
      return new Account(OTHER, NOBODY);
    }
    throw new Refusal(
        "PostgreSQL refuses to run as root, and neither 'unshare -U' nor 'setpriv' works here."
            + " Run this as a normal user, or name a PostgreSQL in"
            + " QUARKUS_DATASOURCE_REACTIVE_URL, QUARKUS_DATASOURCE_USERNAME and"
            + " QUARKUS_DATASOURCE_PASSWORD.");
  }

  private static boolean works(List<String> prefix) {
    var command = new ArrayList<>(prefix);
    command.addAll(List.of("sh", "-c", "test \"$(id -u)\" -ne 0"));
    return Command.exists(prefix.get(0)) && Command.succeeds(command);
  }

  List<String> runs(List<String> command) {
    var all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /** The directory itself or, where this account has no way into it, one below /var/tmp. */
  Path reachable(Path directory) {
    try {
      Files.createDirectories(directory);
      if (prefix != OTHER || Command.succeeds(runs(List.of("test", "-x", directory.toString())))) {
        return directory;
      }
      var name = "luot-" + Integer.toHexString(directory.toAbsolutePath().toString().hashCode());
      var instead = Path.of("/var/tmp", name);
      if (Files.notExists(instead, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(instead);
      }
      // Anybody may make a name in /var/tmp: what another user made there is not ours.
      if (!Files.isDirectory(instead, LinkOption.NOFOLLOW_LINKS)
          || !Files.getAttribute(instead, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(ROOT)) {
        throw new Refusal(instead + " belongs to another user");
      }
      Files.setPosixFilePermissions(instead, PosixFilePermissions.fromString("rwx--x--x"));
      return instead;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a directory private to this account, also one that another account made: whether user
   * namespaces are allowed may change between two starts.
   */
  void own(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    if (!prefix.isEmpty() && !Files.getAttribute(directory, "unix:uid").equals(uid)) {
      Command.output(List.of("chown", "-R", uid + ":" + uid, directory.toString()), "");
    }
  }
}

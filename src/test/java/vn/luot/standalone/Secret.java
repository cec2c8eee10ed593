package vn.luot.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** 256 random bits, kept in a file that only its owner can read. */
final class Secret {
  private static final int BYTES = 32;

  private Secret() {}

  /** Reads the file; makes it, whole or not at all, when there is none. */
  static String in(Path file) throws IOException {
    if (Files.notExists(file)) {
      var bytes = new byte[BYTES];
      new SecureRandom().nextBytes(bytes);
      var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var fresh = Files.createTempFile(file.getParent(), file.getFileName() + ".", "", ownerOnly);
      Files.writeString(fresh, secret + "\n", StandardOpenOption.SYNC);
      Files.move(fresh, file);
    }
    return Files.readString(file).strip();
  }
}

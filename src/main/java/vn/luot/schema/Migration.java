package vn.luot.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * One step of PostgreSQL's tables: a file below {@code db/migration}, never edited once it has
 * landed.
 *
 * @param script such as {@code V1__tables.sql}
 */
record Migration(String script, String sql) {
  /** All, in order. Named here because a native executable cannot list its resources. */
  static final List<String> SCRIPTS = List.of("V1__tables.sql");

  static Migration of(String script) {
    try (InputStream in = Migration.class.getResourceAsStream("/db/migration/" + script)) {
      return new Migration(script, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the migration " + script + " cannot be read", e);
    }
  }

  String version() {
    return script.substring(1, script.indexOf("__"));
  }

  String description() {
    return script.substring(script.indexOf("__") + 2, script.lastIndexOf('.')).replace('_', ' ');
  }

  /** Flyway's: CRC-32 of the lines without what ends them. */
  int checksum() {
    CRC32 crc = new CRC32();
    sql.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) crc.getValue();
  }
}

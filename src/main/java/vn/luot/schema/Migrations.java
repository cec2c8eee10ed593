package vn.luot.schema;

import java.util.List;

/** Every migration, in order. Named here because a native executable cannot list its resources. */
final class Migrations {
  static final List<String> SCRIPTS = List.of("V1__tables.sql");

  private Migrations() {}
}

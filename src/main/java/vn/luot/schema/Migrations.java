package vn.luot.schema;

import java.util.List;

/** Every migration, in order. Named here because a native executable cannot list its resources. */
final class Migrations {
  static final List<String> SCRIPTS =
      List.of(
          "V1__sites_and_counts.sql",
          "V2__ratings.sql",
          "V3__owners.sql",
          "V4__robots_visits_referrers.sql",
          "V7__reading.sql",
          "V8__baselines_shown.sql",
          "V9__imports.sql");

  private Migrations() {}
}

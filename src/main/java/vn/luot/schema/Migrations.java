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
          "V5__reading.sql",
          "V6__baselines_shown.sql",
          "V7__imports.sql",
          "V8__past_totals.sql",
          "V9__quarantine.sql",
          "V10__faster_totals.sql");

  private Migrations() {}
}

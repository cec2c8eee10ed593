package vn.luot.faults;

import java.util.UUID;
import vn.luot.Database;

/** A site that no other test counts for. */
record FreshSite(int id, String slug) {
  static final String ORIGIN = "https://portal.example";

  static FreshSite register(Database database) {
    return register(database, "Asia/Ho_Chi_Minh");
  }

  /** In a time zone that this JVM need not know. */
  static FreshSite register(Database database, String zone) {
    String slug = "f" + UUID.randomUUID().toString().substring(0, 8);
    database.execute(
        ("INSERT INTO site (slug, name, origins, time_zone, repeat_view_seconds, client_hits_per_minute)"
                + " VALUES ('%s', 'Faults', '{%s}', '%s', 0, 0)")
            .formatted(slug, ORIGIN, zone));
    return new FreshSite(
        (int) database.number("SELECT id FROM site WHERE slug = '" + slug + "'"), slug);
  }
}

package vn.luot.faults;

import java.time.ZoneId;
import java.util.UUID;
import vn.luot.Database;

/** A site that no other test counts for. */
record FreshSite(int id, String slug) {
  static final String ORIGIN = "https://portal.example";

  static FreshSite register(Database database) {
    return register(database, ZoneId.of("Asia/Ho_Chi_Minh"));
  }

  static FreshSite register(Database database, ZoneId zone) {
    String slug = "f" + UUID.randomUUID().toString().substring(0, 8);
    database.execute(
        ("INSERT INTO site (slug, name, origins, time_zone, repeat_view_seconds, client_hits_per_minute)"
                + " VALUES ('%s', 'Faults', '{%s}', '%s', 0, 0)")
            .formatted(slug, ORIGIN, zone.getId()));
    return new FreshSite(
        (int) database.number("SELECT id FROM site WHERE slug = '" + slug + "'"), slug);
  }
}

package vn.luot.faults;

import java.util.UUID;
import vn.luot.Database;

/** A site that no other test counts for. */
record FreshSite(int id, String slug) {
  static final String ORIGIN = "https://portal.example";

  static FreshSite register(Database database) {
    String slug = "f" + UUID.randomUUID().toString().substring(0, 8);
    database.execute(
        ("INSERT INTO site (slug, name, origins, repeat_view_seconds, client_hits_per_minute)"
                + " VALUES ('%s', 'Faults', '{%s}', 0, 0)")
            .formatted(slug, ORIGIN));
    return new FreshSite(
        (int) database.number("SELECT id FROM site WHERE slug = '" + slug + "'"), slug);
  }
}

package vn.luot.faults;

import java.util.UUID;
import vn.luot.Database;

/** A site that no other test counts for. */
record FreshSite(int id, String slug) {
  static final String ORIGIN = "https://portal.example";

  static FreshSite register(Database database) {
    return register(database, "Asia/Ho_Chi_Minh");
  }

  /** Once this pod knows it. */
  static FreshSite knownTo(Pod pod, Database database) {
    FreshSite site = register(database);
    pod.awaitSite(site.slug());
    return site;
  }

  /** In a time zone that this JVM need not know. */
  static FreshSite register(Database database, String zone) {
    String slug = "f" + UUID.randomUUID().toString().substring(0, 8);
    database.execute(
        """
        INSERT INTO site (rules) VALUES ('{"id":"%s","name":"Faults","origins":["%s"],"timeZone":"%s","repeatViewSeconds":0,"clientHitsPerMinute":0}')
        """
            .formatted(slug, ORIGIN, zone));
    return new FreshSite(
        (int) database.number("SELECT id FROM site WHERE slug = '" + slug + "'"), slug);
  }
}

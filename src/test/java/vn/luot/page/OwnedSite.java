package vn.luot.page;

import java.util.Map;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

/**
 * A site with a past and three views of today, 2743755 in all: yesterday 40 of them on 24 pages,
 * the rest long ago. Two votes for itself, of 4 and 5 stars, and one for the page /a.
 */
record OwnedSite(TestSite site) {
  static final String TOTAL = "2.743.755";

  static OwnedSite create(Postgres postgres) {
    TestSite site = TestSite.create(postgres, "\"repeatViewSeconds\":0");
    site.database.execute(
        """
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits)
        SELECT %1$d, d, d::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', 7, views, 10
        FROM (VALUES ('2020-01-01'::date, 2743712), (%2$s - 1, 40)) AS v (d, views);
        INSERT INTO page (site_id, page, path, title, first_seen)
        SELECT %1$d, n, '/tin/' || n, 'Tin số ' || n, now() FROM generate_series(1, 24) AS n;
        INSERT INTO page_views (site_id, day, page, epoch, views, visits)
        SELECT %1$d, %2$s - 1, n, 7, CASE WHEN n = 7 THEN 17 ELSE 1 END, n FROM generate_series(1, 24) AS n;
        INSERT INTO referrer_views (site_id, day, host, epoch, views)
        VALUES (%1$d, %2$s - 1, 'www.google.com', 7, 30), (%1$d, %2$s - 1, '~other', 7, 2)
        """
            .formatted(site.id, "(now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"));
    OwnedSite owned = new OwnedSite(site);
    for (String page : new String[] {"/a", "/a", "/b"}) {
      site.hit(page).statusCode(200);
    }
    owned.vote("rating", 5);
    owned.vote("rating", 4);
    owned.vote("rating?page=/a", 3);
    return owned;
  }

  private void vote(String rating, int stars) {
    site.asPage()
        .contentType("application/json")
        .body(Map.of("stars", stars))
        .put(site.path(rating))
        .then()
        .statusCode(200);
  }
}

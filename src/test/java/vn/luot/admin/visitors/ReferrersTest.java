package vn.luot.admin.visitors;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

@Tag("packaged")
@QuarkusTest
class ReferrersTest {
  Postgres postgres;
  TestSite site;

  @BeforeEach
  void freshSite() {
    site = TestSite.create(postgres);
    site.database.execute(
        """
        INSERT INTO referrer_views (site_id, day, host, epoch, views) VALUES
          (%1$d, '2026-01-01', 'a.example', 7, 3), (%1$d, '2026-01-01', 'a.example', 8, 2),
          (%1$d, '2026-01-02', 'b.example', 7, 9), (%1$d, '2026-01-02', '~other', 7, 99)
        """
            .formatted(site.id));
  }

  private ValidatableResponse referrers(String query) {
    return asOperator()
        .get("/admin/v1/sites/" + site.slug + "/referrers" + (query.isEmpty() ? "" : "?" + query))
        .then();
  }

  @Test
  void theMostViewsComeFirstAndTheRestLast() {
    referrers("")
        .statusCode(200)
        .body("referrers.host", contains("b.example", "a.example", "~other"))
        .body("referrers.views", contains(9, 5, 99))
        .body("from", equalTo("2000-01-01"))
        .body("asOf", notNullValue());
    referrers("limit=1").body("referrers", hasSize(1));
  }

  @Test
  void hostsOfOneSiteAreTogetherAndVisitsWithoutAHostAreTold() {
    site.database.execute(
        """
        INSERT INTO referrer_views (site_id, day, host, epoch, views) VALUES
          (%1$d, '2026-01-05', 'm.facebook.com', 7, 3), (%1$d, '2026-01-05', 'l.facebook.com', 7, 2),
          (%1$d, '2026-01-05', 'facebook.com', 7, 1), (%1$d, '2026-01-05', 'm.example', 7, 1);
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits) VALUES
          (%1$d, '2026-01-05', '2026-01-05T03:00Z', 7, 30, 20),
          (%1$d, '2026-01-06', '2026-01-06T03:00Z', 7, 9, 4),
          (%1$d, '2026-01-06', '2026-01-05T17:00Z', -1, 90, 40)
        """
            .formatted(site.id));
    referrers("from=2026-01-05&to=2026-01-05&limit=1")
        .body("referrers.host", contains("facebook.com"))
        .body("referrers.views", contains(6))
        .body("views", equalTo(7))
        .body("direct", equalTo(13));
    referrers("from=2026-01-06&to=2026-01-06")
        .body("referrers", hasSize(0))
        .body("direct", equalTo(4));
    referrers("from=2026-01-01&to=2026-01-02").body("direct", equalTo(0));
    site.database.execute("INSERT INTO detail_kept VALUES (%d, '2026-01-06')".formatted(site.id));
    referrers("from=2026-01-05&to=2026-01-06").body("views", equalTo(7)).body("direct", equalTo(0));
  }

  @Test
  void aRangeHasItsDaysOnly() {
    referrers("from=2026-01-01&to=2026-01-01").body("referrers.views", contains(5));
    referrers("from=2026-01-03&to=2026-01-02").statusCode(400);
    referrers("limit=0").statusCode(422);
  }
}

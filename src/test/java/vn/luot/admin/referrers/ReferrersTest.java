package vn.luot.admin.referrers;

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
  void aRangeHasItsDaysOnly() {
    referrers("from=2026-01-01&to=2026-01-01").body("referrers.views", contains(5));
    referrers("from=2026-01-03&to=2026-01-02").statusCode(400);
    referrers("limit=0").statusCode(422);
  }
}

package vn.luot.hit;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.TestSite;
import vn.luot.site.Site;

/** Downloads of files: counted as surely as views, and part of no number of views. */
@Tag("packaged")
@QuarkusTest
class DownloadsTest extends SiteTest {
  private static final String FILE = "/van-ban/12-qd-ubnd.pdf";

  private ValidatableResponse download() {
    return site.send("{\"download\":\"" + FILE + "\"}");
  }

  private ValidatableResponse owner(String call) {
    return asOperator().get("/admin/v1/sites/" + site.slug + call).then().statusCode(200);
  }

  @Test
  void aDownloadIsNoViewAndNoVisit() {
    download()
        .statusCode(200)
        .body("online", equalTo(1))
        .body("views.total", equalTo(0))
        .body("visits.total", equalTo(0))
        .body("page.path", equalTo(FILE))
        .body("page.views", nullValue())
        .body("page.downloads", equalTo(1));
    site.hit("/a").body("views.total", equalTo(1)).body("visits.total", equalTo(1));
    // Where it was clicked is not counted again.
    site.send("{\"page\":\"/a\",\"download\":\"" + TestSite.ORIGIN + FILE + "#trang=2\"}")
        .body("views.total", equalTo(1))
        .body("visits.total", equalTo(1))
        .body("page.downloads", equalTo(2));
  }

  @Test
  void everybodyReadsTheDownloadsOfAFile() {
    site.hit(FILE);
    download();
    download();
    site.asPage()
        .get(site.path("pages?path=~download:" + FILE + "&path=" + FILE))
        .then()
        .body("pages[0].path", equalTo(FILE))
        .body("pages[0].downloads", equalTo(2))
        .body("pages[0].views", nullValue())
        .body("pages[1].downloads", nullValue())
        .body("pages[1].views", equalTo(1));
    site.send("{\"page\":\"/b\",\"pages\":[\"~download:" + FILE + "\"]}")
        .body("pages[0].downloads", equalTo(2));
    site.asPage()
        .get(site.path("pages/top"))
        .then()
        .body("pages.path.findAll { it.contains('download') }.size()", equalTo(0));
  }

  @Test
  void ownersSeeDownloadsInListsSeriesAndExports() {
    site.hit("/a");
    download();
    download();
    owner("/pages?sort=-downloads")
        .body("pages[0].path", equalTo(FILE))
        .body("pages[0].downloads", equalTo(2))
        .body("pages[0].views", equalTo(0))
        .body("pages[1].path", equalTo("/a"))
        .body("pages[1].downloads", equalTo(0));
    owner("/pages?search=12-QD").body("pages.downloads", hasItem(2));
    owner("/series?metric=downloads&interval=day").body("points[-1].value", equalTo(2));
    owner("/series?metric=downloads&interval=hour").body("points.value.sum()", equalTo(2));
    String today = owner("/pages?from=2026-01-01").extract().path("to");
    String range = "&format=csv&from=" + today;
    assertEquals(
        "%s,%s,,0,0,2".formatted(today, FILE),
        owner("/export?what=pages" + range).extract().asString().lines().toList().get(1));
    assertEquals(
        "day,views,visits,visitors,bots,downloads",
        owner("/export?what=days" + range).extract().asString().lines().findFirst().get());
  }

  @Test
  void aDownloadRepeatedSoonCountsOnceAndRobotsAreNone() {
    site = TestSite.create(postgres, "\"repeatViewSeconds\":3600");
    download().body("page.downloads", equalTo(1));
    download().body("page.downloads", equalTo(1));
    site.hit(FILE).body("page.views", equalTo(1));
    site.asPage()
        .header("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1)")
        .body("{\"download\":\"" + FILE + "\"}")
        .contentType("text/plain")
        .post(site.path("hits"))
        .then()
        .statusCode(200)
        .body("page.downloads", equalTo(1));
  }

  @Test
  void whatNobodyKnowsCountsAsDownloadsOfOthers() {
    site = TestSite.create(postgres, "\"knownPagesOnly\":true");
    download().statusCode(200).body("page.downloads", nullValue());
    owner("/pages")
        .body("pages[0].path", equalTo("~other"))
        .body("pages[0].downloads", equalTo(1))
        .body("pages[0].views", equalTo(0));
  }

  @Test
  void downloadsKeptApartWaitForTheirOwner() {
    site.database.execute(
        """
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits, downloads)
          VALUES (%1$d, '2026-01-15', '2026-01-15T01:00Z', 7, 0, 0, 2);
        INSERT INTO page_views (site_id, day, page, epoch, views) VALUES (%1$d, '2026-01-15', -5, 7, 2)
        """
            .formatted(Site.quarantineId(site.id)));
    owner("/quarantine").body("days.day", hasItem("2026-01-15"));
    asOperator("{\"verdict\":\"admit\",\"reason\":\"Kỳ thi\"}")
        .post("/admin/v1/sites/" + site.slug + "/quarantine/2026-01-15")
        .then()
        .statusCode(200);
    owner("/pages?sort=-downloads").body("pages[0].downloads", equalTo(2));
    owner("/series?metric=downloads&interval=day&from=2026-01-15&to=2026-01-15")
        .body("points[0].value", equalTo(2));
  }

  @Test
  void whatCannotBeAFileIsRefusedByName() {
    site.send("{\"download\":\"\"}").statusCode(422).body("errors[0].field", equalTo("download"));
    site.send("{\"download\":\"/a%00b\"}").body("errors[0].field", equalTo("download"));
    site.send("{\"page\":\"~download:/a\"}")
        .statusCode(422)
        .body("errors[0].detail", containsString("may not begin with ~"));
  }

  @Test
  void oldDownloadsAreImportedByFileAndByDay() {
    asOperator()
        .contentType("text/csv")
        .body(
            """
            path,day,views,downloads
            %1$s,,7,40
            %1$s,2025-11-20,,2
            ~site,2025-11-20,,3
            """
                .formatted(FILE))
        .queryParam("reason", "Số liệu cũ")
        .queryParam("wait", "true")
        .post("/admin/v1/sites/" + site.slug + "/imports")
        .then()
        .body("state", equalTo("done"));
    download().body("page.downloads", equalTo(43));
    site.hit(FILE).body("page.views", equalTo(8));
    owner("/series?metric=downloads&interval=day&from=2025-11-20&to=2025-11-20")
        .body("points[0].value", equalTo(3));
  }
}

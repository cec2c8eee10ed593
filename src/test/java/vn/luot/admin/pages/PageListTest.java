package vn.luot.admin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.SiteTest;
import vn.luot.site.page.Measure;
import vn.luot.site.page.Page;

@Tag("packaged")
@QuarkusTest
class PageListTest extends SiteTest {
  private ValidatableResponse pages(String query) {
    return asOperator()
        .get("/admin/v1/sites/" + site.slug + "/pages" + (query.isEmpty() ? "" : "?" + query))
        .then();
  }

  /** Page n has the path /p<n>, the key n, n views each on two days, and a vote of n stars. */
  private void fivePages() {
    for (int n = 1; n <= 5; n++) {
      site.database.execute(
          """
          INSERT INTO page VALUES (%1$d, %2$d, '/p%2$d', 'Tiêu đề %2$d', '2026-01-0%2$dT00:00Z');
          INSERT INTO page_views (site_id, day, page, epoch, views) VALUES
            (%1$d, '2026-01-15', %2$d, 7, %2$d), (%1$d, '2026-02-15', %2$d, 7, %2$d);
          INSERT INTO vote (site_id, page, voter, stars, revision, changed_at)
            VALUES (%1$d, %2$d, gen_random_uuid(), %2$d, 1, '2026-02-15T00:00Z');
          """
              .formatted(site.id, n));
    }
    site.database.execute("UPDATE page_total SET visits = 6 - page WHERE site_id = " + site.id);
  }

  @Test
  void aViewIsListedAtOnceWithItsTitle() {
    site.hit("/a").statusCode(200);
    pages("")
        .statusCode(200)
        .body("from", nullValue())
        .body("timeZone", equalTo("Asia/Ho_Chi_Minh"))
        .body("asOf", notNullValue())
        .body("pages[0].path", equalTo("/a"))
        .body("pages[0].title", equalTo("Title of /a"))
        .body("pages[0].views", equalTo(1))
        .body("pages[0].rating.count", equalTo(0))
        .body("pages[0].rating.average", nullValue())
        .body("pages[0].firstSeen", notNullValue())
        .body("next", nullValue());
  }

  @ParameterizedTest
  @CsvSource({
    "views, 12345", "-views, 54321", "visits, 54321", "-visits, 12345", "average, 12345",
    "-average, 54321", "ratingCount, 12345", "-ratingCount, 54321", "path, 12345", "-path, 54321",
    "firstSeen, 12345", "-firstSeen, 54321"
  })
  void everyOrderIsKeptFromOnePartToTheNext(String sort, String order) {
    fivePages();
    for (String range : List.of("", "&from=2026-01-01&to=2026-12-31")) {
      StringBuilder found = new StringBuilder();
      String cursor = "";
      do {
        var part = pages("limit=2&sort=" + sort + range + "&cursor=" + cursor).statusCode(200);
        List<String> paths = part.extract().path("pages.path");
        paths.forEach(path -> found.append(path.substring(2)));
        cursor = part.extract().path("next");
      } while (cursor != null);
      if (range.isEmpty() || !sort.contains("visits")) {
        assertEquals(order, found.toString(), sort + range);
      } else {
        assertEquals(5, found.chars().distinct().count(), "each page once: " + found);
      }
    }
  }

  @Test
  void aRangeHasOnlyWhatWasCountedInIt() {
    fivePages();
    site.database.execute(
        "INSERT INTO baseline (site_id, page, path, views) VALUES (%d, 5, '/p5', 1000)"
            .formatted(site.id));
    pages("from=2026-02-01&to=2026-02-28")
        .body("from", equalTo("2026-02-01"))
        .body("to", equalTo("2026-02-28"))
        .body("pages.views", contains(5, 4, 3, 2, 1))
        .body("pages[0].rating.sum", equalTo(5));
    pages("from=2026-01-15&to=2026-01-15")
        .body("pages.views", contains(5, 4, 3, 2, 1))
        .body("pages[0].rating.count", equalTo(0));
    pages("from=2026-03-01&to=2026-03-31").body("pages", hasSize(0));
    pages("").body("pages.views", contains(1010, 8, 6, 4, 2));
  }

  @Test
  void openingBalancesAreAddedAndMayBeAllThereIs() {
    fivePages();
    site.database.execute(
        """
        INSERT INTO baseline (site_id, page, path, views, visits, rating_count, rating_sum) VALUES
          (%1$d, 1, '/p1', 100, 50, 2, 10), (%1$d, 99, '/cu', 60, 30, 1, 3)
        """
            .formatted(site.id));
    site.database.execute(
        "INSERT INTO baseline (site_id, page, path, views) VALUES (%d, %d, '~portal', 2743755)"
            .formatted(site.id, Page.PORTAL.key()));
    pages("limit=2")
        .body("pages.path", contains("/p1", "/cu"))
        .body("pages.views", contains(102, 60))
        .body("pages.visits", contains(55, 30))
        .body("pages.rating.count", contains(3, 1))
        .body("pages.rating.sum", contains(11, 3))
        .body("pages[0].rating.average", equalTo(3.67f))
        .body("pages[1].firstSeen", nullValue());
    pages("limit=10&sort=firstSeen").body("pages[0].path", equalTo("/cu"));
  }

  @Test
  void searchMeansWhatIsWritten() {
    fivePages();
    site.database.execute(
        "INSERT INTO page VALUES (%1$d, 6, '/100%%_x', NULL, now());".formatted(site.id)
            + "INSERT INTO page_views (site_id, day, page, epoch, views) VALUES (%1$d, '2026-01-15', 6, 7, 1)"
                .formatted(site.id));
    pages("search=tiêu đề 3").body("pages.path", contains("/p3"));
    pages("search=/P3").body("pages.path", contains("/p3"));
    pages("search=%").body("pages.path", contains("/100%_x"));
    pages("search=%&from=2026-01-01").body("pages.path", contains("/100%_x"));
    pages("search=0_x").body("pages", hasSize(0));
    pages("search=\\").body("pages", hasSize(0));
    pages("search=';--").statusCode(200).body("pages", hasSize(0));
    pages("search=" + "x".repeat(101)).statusCode(422).body("errors[0].field", equalTo("search"));
  }

  /** Each is viewed ten times as often as the one before. */
  private void pagesOf(String... paths) {
    long views = 1;
    for (String path : paths) {
      Page page =
          path.startsWith(Measure.DOWNLOADS.prefix)
              ? Page.of(path.substring(Measure.DOWNLOADS.prefix.length()))
                  .counting(Measure.DOWNLOADS)
              : Page.of(path);
      site.database.execute(
          """
          INSERT INTO page VALUES (%1$d, %2$d, '%3$s', NULL, '2026-01-01T00:00Z');
          INSERT INTO page_views (site_id, day, page, epoch, views, visits)
            VALUES (%1$d, '2026-01-15', %2$d, 7, %4$d, 1), (%1$d, '2026-02-15', %2$d, 7, %4$d, 0)
          """
              .formatted(site.id, page.key(), path, views));
      views *= 10;
    }
  }

  @Test
  void sectionsAreSumsOfTheirPages() {
    pagesOf(
        "~other",
        "/tin-tuc",
        "/tin-tuc/a",
        "/tin-tuc/b/c",
        "/tin-tuc-2/a",
        "/van-ban?ItemID=1",
        "/van-ban?ItemID=2",
        "/",
        "~download:/tin-tuc/a",
        "bai-1");
    pages("prefix=/tin-tuc/&sort=path")
        .statusCode(200)
        .body("pages.path", contains("/tin-tuc", "/tin-tuc/a", "/tin-tuc/b/c", "/tin-tuc/a"));
    pages("prefix=/tin-tuc&search=TIN&limit=2&from=2026-01-01")
        .body("pages.path", contains("/tin-tuc-2/a", "/tin-tuc/b/c"))
        .body("pages.views", contains(20_000, 2_000));
    pages("prefix=/van-ban/").body("pages", hasSize(2));
    pages("prefix=/van-ban?Item").body("pages", hasSize(2));
    for (String range : List.of("", "&from=2026-01-01&to=2026-02-28")) {
      sections("limit=3" + range)
          .statusCode(200)
          .body("sections.path", contains("/", "/van-ban", "/tin-tuc-2/"))
          .body("sections.views", contains(20_000_000, 2_200_000, 20_000))
          .body("sections.pages", contains(1, 2, 1))
          .body("others.pages", equalTo(6))
          .body("others.views", equalTo(2_000_002_222))
          .body("others.downloads", equalTo(200_000_000))
          .body("timeZone", equalTo("Asia/Ho_Chi_Minh"));
      sections("prefix=/tin-tuc" + range)
          .body("sections.path", contains("/tin-tuc/b/", "/tin-tuc/a", "/tin-tuc/"))
          .body("sections.views", contains(2_000, 200, 20))
          .body("sections.pages", contains(1, 2, 1))
          .body("sections[1].downloads", equalTo(200_000_000))
          .body("sections.visits", contains(1, 2, 1))
          .body("others.pages", equalTo(0));
    }
    sections("from=2026-02-01&to=2026-02-28&prefix=/tin-tuc/b/")
        .body("sections.path", contains("/tin-tuc/b/c"))
        .body("sections.views", contains(1_000));
    sections("prefix=/nothing/").body("sections", hasSize(0)).body("others.views", equalTo(0));
  }

  private ValidatableResponse sections(String query) {
    return site.owners("pages/sections?" + query);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix=tin", "prefix=~other", "prefix=/\t"})
  void aPrefixThatNoPathHasIsRefused(String query) {
    pages(query).statusCode(422).body("errors[0].field", equalTo("prefix"));
    sections(query).statusCode(422).body("errors[0].field", equalTo("prefix"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cho phien",
        "chợ phiên",
        "CHỢ PHIÊN",
        "Cho\u031b\u0323 phie\u0302n",
        "o dong",
        "ở Đồng",
        "ĐỒNG VĂN"
      })
  void searchFindsVietnameseHoweverItIsWritten(String searched) {
    fivePages();
    String composed = "CHỢ PHIÊN ở Đồng Văn";
    site.database.execute(
        "UPDATE page SET title = '%s' WHERE site_id = %d AND path = '/p2'"
            .formatted(composed, site.id));
    pages("search=" + searched).body("pages.path", contains("/p2"));
    String apart = Normalizer.normalize(composed, Normalizer.Form.NFD);
    site.database.execute(
        "UPDATE page SET title = '%s' WHERE site_id = %d AND path = '/p2'"
            .formatted(apart, site.id));
    pages("search=" + searched).body("pages.path", contains("/p2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=1001",
        "limit=x",
        "sort=luck",
        "sort=--views",
        "cursor=x",
        "cursor=YQ",
        "cursor=!"
      })
  void whatNobodyCanMeanIsRefused(String query) {
    pages(query).statusCode(422).contentType("application/problem+json");
  }

  @Test
  void aCursorIsGoodForItsOwnListOnly() {
    fivePages();
    String cursor = pages("limit=2").extract().path("next");
    pages("limit=2&cursor=" + cursor).statusCode(200).body("pages.path", contains("/p3", "/p2"));
    pages("limit=2&sort=path&cursor=" + cursor).statusCode(422);
    pages("limit=2&search=p&cursor=" + cursor).statusCode(422);
    pages("limit=2&prefix=/p&cursor=" + cursor).statusCode(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\t", "\u0085"})
  void aCursorWithAControlCharacterIsRefused(String control) {
    fivePages();
    String cursor = pages("limit=2&sort=path").extract().path("next");
    String place = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    byte[] forged = place.replace("/p2", "/p" + control).getBytes(UTF_8);
    pages("limit=2&sort=path&cursor=" + Base64.getUrlEncoder().encodeToString(forged))
        .statusCode(422)
        .body("errors.field", contains("cursor"));
  }

  @Test
  void aWrongRangeIsRefused() {
    pages("from=2026-02-01&to=2026-01-01").statusCode(400).body("errors[0].field", equalTo("from"));
    pages("to=tomorrow").statusCode(400).body("errors[0].field", equalTo("to"));
  }

  /** Kept out of the list, so that a range is never the sum of more than itself. */
  @Test
  void theSiteItselfIsNoPage() {
    fivePages();
    List<String> paths = new ArrayList<>(pages("").extract().<List<String>>path("pages.path"));
    assertEquals(5, paths.size());
  }
}

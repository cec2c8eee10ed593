package vn.luot.page;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.site.Site;

/** All sites beside each other, and what is decided about one. */
@QuarkusTest
class SitesTest extends OwnersPage {

  private void all() {
    owner.enter(OperatorKey.KEY);
    owner.click("[data-view=all]");
    owner.awaitShown("#sites tbody tr");
  }

  private void find(String text) {
    owner.find("#find-site").clear();
    owner.find("#find-site").sendKeys(text);
  }

  @Test
  void allSitesAreSortedFilteredAndSummedUp(@TempDir Path downloads) throws IOException {
    String label = "nhãn " + site.slug;
    TestSite one = TestSite.create(postgres, "\"labels\":[\"%s\"]".formatted(label));
    TestSite two = TestSite.create(postgres, "\"labels\":[\"%s\"]".formatted(label));
    one.hit("/a").statusCode(200);
    one.hit("/b").statusCode(200);
    two.hit("/a").statusCode(200);
    one.awaitFlushed(2);
    two.awaitFlushed(1);
    owner.browser.driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toString()));
    all();
    find(label.replace("ã", "a").toUpperCase(Locale.ROOT));
    owner.awaitText("#sites tfoot th", "Tổng của 2 trang web");
    owner.awaitText("#sites tfoot td:nth-child(3)", "3");
    owner.awaitText("#sites tbody tr:first-child td:nth-child(3)", "2");
    owner.click("#sites [data-name=today]");
    owner.awaitText("#sites tbody tr:first-child td:nth-child(3)", "1");
    owner.pick("#label", label);
    owner.awaitText("#sites tfoot th", "Tổng của 2 trang web");
    assertTrue(owner.browser.text("#labels").contains(label));
    owner.awaitText("#sites-chart .figure", "3");
    owner.awaitText("#sites-chart .soft", text -> text.startsWith("lượt xem của 2 trang web"));
    owner.awaitShown("#sites-chart canvas");
    owner.click("#sites-xlsx");
    await().ignoreExceptions().until(() -> Files.size(downloads.resolve("luot.xlsx")) > 1000);
    owner.click("#sites-csv");
    String csv =
        await()
            .ignoreExceptions()
            .until(() -> Files.readString(downloads.resolve("luot.csv")), text -> !text.isEmpty());
    assertTrue(csv.startsWith("\uFEFF\"Mã\";\"Trang web\";"), csv);
    assertTrue(csv.contains("\"" + one.slug + "\";\"Test\";\"" + label + "\";"), csv);
    owner.click("#sites tbody tr:first-child a");
    owner.awaitText("[data-number=viewsTotal]", "1");
    assertSilent();
  }

  private void countedIn(String zone, String label) {
    TestSite there =
        TestSite.create(postgres, "\"timeZone\":\"%s\",\"labels\":[\"%s\"]".formatted(zone, label));
    there.hit("/a").statusCode(200);
    there.awaitFlushed(1);
  }

  @Test
  void aSiteWhereTheNextDayHasBegunIsInTheChart() {
    String label = "sớm " + site.slug;
    countedIn("Pacific/Kiritimati", label);
    owner.inZone("Etc/GMT+12");
    try {
      all();
      owner.pick("#label", label);
      owner.awaitText("#sites-chart .figure", "1");
    } finally {
      owner.inZone("");
    }
    assertSilent();
  }

  @Test
  void theChartEndsWhereNoLaterDayHasBegunAtASite() {
    String label = "muộn " + site.slug;
    countedIn("Etc/GMT+12", label);
    owner.inZone("Pacific/Kiritimati");
    try {
      all();
      owner.pick("#label", label);
      owner.awaitText("#sites-chart .figure", "1");
      owner.click("#sites-chart summary");
      owner.awaitText("#sites-chart tbody tr:last-child td", "1");
    } finally {
      owner.inZone("");
    }
    assertSilent();
  }

  /** Reloads the list; later it is read again, which this page never does. */
  private void reloadOnce() {
    Object never =
        owner.browser.before(
            "const set = setTimeout; setTimeout = (then, after) => after === 15000 ? 0 : set(then, after);");
    owner.browser.driver.navigate().refresh();
    owner.browser.forget(never);
    owner.awaitShown("#sites tbody tr");
  }

  private void assertNumbersWereReadOnce() {
    assertEquals(
        1L,
        owner.browser.run(
            "return performance.getEntriesByType('resource').filter(({name, responseStatus}) =>"
                + " new URL(name).pathname.endsWith('/overview') && responseStatus === 200).length"));
    assertSilent();
  }

  @Test
  void theNumbersOfAllSitesAreReadOnceToBeginWith() {
    TestSite.create(postgres, "\"labels\":[\"huyện\"]");
    all();
    reloadOnce();
    owner.awaitShown("#f-linkLabel option[value='huyện']");
    assertNumbersWereReadOnce();
  }

  @Test
  void aViewerReadsTheNumbersOfAllSitesOnceToBeginWith() {
    String viewer =
        asOperator(Map.of("name", "Uỷ ban", "role", "viewer"))
            .post("/admin/v1/keys")
            .then()
            .extract()
            .path("key");
    owner.logIn(viewer);
    owner.awaitShown("[data-view=all]");
    owner.click("[data-view=all]");
    owner.awaitShown("#sites tbody tr");
    reloadOnce();
    owner.awaitShown("#sites-chart .figure");
    assertNumbersWereReadOnce();
  }

  @Test
  void whoLeavesWhileSitesAreReadIsToldNothingOfIt() {
    Object slow =
        owner.browser.before(
            """
        const [get, set] = [fetch, setTimeout];
        setTimeout = (then, after) => set(then, after === 15000 ? 100 : after);
        fetch = async (address, how) => {
          const answer = await get(address, how);
          await new Promise(done => set(done, String(address).includes('/overview?') ? 1500 : 0));
          window.readLate = (window.readLate ?? 0) + String(address).includes('/overview?');
          return answer;
        };
        """);
    owner.arrive();
    owner.browser.forget(slow);
    owner.enter(OperatorKey.KEY);
    owner.click("[data-view=all]");
    owner.click("#leave");
    await().until(() -> owner.browser.run("return window.readLate ?? 0"), Long.valueOf(1)::equals);
    owner.browser.settle();
    assertEquals("", owner.browser.text("#entry-problem"));
    assertSilent();
  }

  @Test
  void aLinkOfALabelShowsItsSitesOnly() {
    String label = "nhóm " + site.slug;
    TestSite one = TestSite.create(postgres, "\"labels\":[\"%s\"]".formatted(label));
    all();
    owner.awaitShown("#f-linkLabel");
    owner.find("#f-linkFor").sendKeys("Uỷ ban");
    owner.pick("#f-linkLabel", label);
    owner.click("#links-of-all .primary");
    owner.awaitShown("#links-of-all .made textarea");
    owner.browser.open(owner.find("#links-of-all .made textarea").getDomProperty("value"));
    owner.awaitShown("#board");
    owner.click("[data-view=all]");
    owner.awaitShown("#sites tbody tr");
    assertEquals(1, owner.count("#sites .sites tbody tr"));
    assertTrue(owner.browser.text("#sites .sites tbody th small").contains(label));
    assertFalse(owner.shown("#links-of-all"));
    owner.click("#sites .sites tbody a");
    assertEquals(one.slug, owner.find("#site").getDomProperty("value"));
    assertSilent();
  }

  @Test
  void aLabelGetsAPublicPageAndLosesIt() {
    String label = "xã " + site.slug;
    TestSite shown =
        TestSite.create(postgres, "\"labels\":[\"%s\"],\"name\":\"Xã Đông Thọ\"".formatted(label));
    shown.hit("/a").statusCode(200);
    shown.awaitFlushed(1);
    all();
    String button = "[data-public='" + label + "']";
    owner.awaitShown(button);
    owner.click(button);
    owner.awaitText(button, "Tắt");
    String page =
        owner.find("#labels td:has([data-public='" + label + "']) a").getDomProperty("href");
    owner.browser.open(page);
    owner.awaitText("h1", label);
    owner.awaitText("tbody th a", "Xã Đông Thọ");
    owner.awaitText("tfoot td:last-child", "1");
    owner.browser.open(owner.address());
    owner.awaitBoard();
    owner.click("[data-view=all]");
    owner.awaitText(button, "Tắt");
    owner.click(button);
    owner.awaitText(button, "Bật");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> given().get(page).statusCode(), status -> status == 404);
    assertSilent();
  }

  @Test
  void aPublicLabelThatNoSiteHasAnyMoreIsSwitchedOff() {
    String label = "no site of " + site.slug;
    asOperator("{\"label\":\"%s\"}".formatted(label))
        .post("/admin/v1/public-labels")
        .then()
        .statusCode(200);
    all();
    String button = "[data-public='" + label + "']";
    owner.awaitText(button, "Tắt");
    owner.click(button);
    owner.awaitGone(button);
    assertSilent();
  }

  @Test
  void aSiteInTroubleIsFound() {
    TestSite silent = TestSite.create(postgres);
    silent.database.execute(
        "INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits)"
            + " VALUES (%d, '2026-01-05', '2026-01-05T03:00Z', 7, 4, 1)".formatted(silent.id));
    all();
    owner.click("#only-trouble");
    find(silent.slug);
    owner.awaitText("#sites tbody .down", text -> text.endsWith(" ngày không có lượt xem"));
    await().until(() -> owner.count("#sites .sites tbody tr") == 1);
    assertSilent();
  }

  @Test
  void heldVotesAreJudgedWithAReason() {
    TestSite voted = TestSite.create(postgres);
    voted.database.execute(
        """
        INSERT INTO vote (site_id, page, voter, stars, held, revision, changed_at)
        SELECT %d, 1, gen_random_uuid(), n, 'network', 1, now() FROM generate_series(1, 3) AS n
        """
            .formatted(voted.id));
    owner.enter(OperatorKey.make(voted.slug, "editor"));
    owner.click("[data-view=moderation]");
    owner.awaitShown("#votes tbody tr");
    assertEquals(3, owner.count("#votes tbody tr"));
    owner.click("#votes tbody tr:first-child [name=vote]");
    owner.find("#votes [name=reason]").sendKeys("gian lận");
    owner.click("#votes [name=remove]");
    await().until(() -> owner.count("#votes tbody tr"), rows -> rows == 2);
    assertEquals(0, owner.count("#votes :checked"));
    owner.click("#votes thead input");
    owner.click("#votes [data-held=any]");
    owner.awaitShown("#votes [data-held=any][aria-pressed=true]");
    assertEquals(0, owner.count("#votes :checked"));
    owner.click("#votes [data-held=removed]");
    owner.awaitText("#votes tbody td:last-child", text -> text.startsWith("Đã loại: gian lận"));
    assertSilent();
  }

  @Test
  void daysInQuarantineAreAdmittedAndDropped() {
    TestSite burst = TestSite.create(postgres);
    burst.database.execute(
        """
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits) VALUES
          (%1$d, '2026-01-05', '2026-01-05T03:00Z', 7, 4000, 1000),
          (%1$d, '2026-01-06', '2026-01-06T03:00Z', 7, 500, 100)
        """
            .formatted(Site.quarantineId(burst.id)));
    owner.enter(OperatorKey.make(burst.slug, "editor"));
    owner.click("[data-view=moderation]");
    owner.awaitShown("#quarantine [data-day='2026-01-06']");
    judge("2026-01-05", "admit", "Lễ hội được truyền hình");
    owner.awaitText(
        "#quarantine [data-day='2026-01-05'] > p:last-child",
        text -> text.contains("Lễ hội được truyền hình"));
    judge("2026-01-06", "drop", "Một máy gửi liên tục");
    owner.awaitText(
        "#quarantine [data-day='2026-01-06'] > p:last-child",
        text -> text.contains("Một máy gửi liên tục"));
    assertEquals(
        "4000 1000",
        burst.database.table("SELECT views, visits FROM site_total WHERE site_id = " + burst.id));
    assertSilent();
  }

  private void judge(String day, String verdict, String reason) {
    String form = "#quarantine [data-day='" + day + "'] form ";
    owner.find(form + "[name=reason]").sendKeys(reason);
    owner.click(form + "[name=" + verdict + "]");
  }

  @Test
  void aTitleIsLockedAndAPageHidden() {
    TestSite viewed = TestSite.create(postgres);
    viewed.hit("/a").statusCode(200);
    viewed.awaitFlushed(1);
    owner.enter(OperatorKey.make(viewed.slug, "editor"));
    owner.click("[data-view=moderation]");
    owner.awaitShown("#f-path");
    owner.find("#f-path").sendKeys("/khong-co");
    owner.click("#page-shown form button");
    owner.awaitText("#page-shown .problem", text -> text.startsWith("Không tìm thấy"));
    lookUp("/a");
    owner.find("#f-title").clear();
    owner.find("#f-title").sendKeys("Giá gạo");
    owner.click("#f-titleLocked");
    owner.click("#f-hidden");
    owner.find("#page-form [name=reason]").sendKeys("Sai tiêu đề");
    owner.click("#page-form .primary");
    owner.awaitText("#page-shown .past li", text -> text.contains("Sai tiêu đề"));
    assertEquals(
        "Giá gạo true",
        viewed.database.table(
            "SELECT title, hidden FROM page WHERE site_id = %d AND path = '/a'"
                .formatted(viewed.id)));
    owner.browser.complaints();
  }

  private void lookUp(String path) {
    owner.find("#f-path").clear();
    owner.find("#f-path").sendKeys(path);
    owner.click("#page-shown form button");
    owner.awaitText("#page-form h3", path);
  }

  @Test
  void whatWasMeantForOnePageIsNotSentForTheNext() {
    TestSite viewed = TestSite.create(postgres);
    viewed.hit("/a").statusCode(200);
    viewed.hit("/b").statusCode(200);
    viewed.awaitFlushed(2);
    owner.enter(OperatorKey.make(viewed.slug, "editor"));
    owner.click("[data-view=moderation]");
    owner.awaitShown("#f-path");
    lookUp("/a");
    owner.click("#f-hidden");
    lookUp("/b");
    assertEquals(0, owner.count("#page-form :checked"));
    assertSilent();
  }
}

package vn.luot.page;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;

/** What an owner sees is what was counted. */
@Tag("packaged")
@QuarkusTest
class NumbersTest extends OwnersPage {

  @Test
  void theNumbersAreThoseThatWereCounted() {
    owner.enter(key);
    owner.awaitText("[data-number=viewsToday]", "3");
    owner.awaitText("[data-number=viewsTotal]", OwnedSite.TOTAL);
    owner.awaitText("[data-number=online]", "1");
    owner.awaitText("[data-note=visitsToday]", "Hôm qua 10");
    owner.awaitText("#series .figure", "43");
    owner.awaitText("#ratings .figure", "4,50");
    owner.awaitText("#ratings .bars li:nth-child(2) .hidden", "4 sao: 1 phiếu, 50%");
    owner.awaitText("#referrers li:first-child .count", text -> text.startsWith("30 · "));
    owner.awaitText("#status dd", text -> text.startsWith("hoạt động"));
    assertSilent();
  }

  @Test
  void theChartIsDrawnAndTold() {
    owner.enter(key);
    String said = owner.find("#series canvas").getDomAttribute("aria-label");
    assertTrue(said.matches("Lượt xem từ .*: tổng 43, cao nhất 40 vào .*"), said);
    await().until(() -> coloured() > 200);
    owner.click("[data-value=visits]");
    owner.awaitText("#series .figure", "11");
    owner.click("[data-choose=interval] [data-value=month]");
    owner.awaitText("#series .figure", "11");
    owner.click("[data-choose=metric] [data-value=votes]");
    owner.awaitText("#series .figure", "3");
    owner.click("#series .body details summary");
    owner.awaitText("#series tbody tr:last-child td", text -> text.matches("[0-9]+"));
    assertSilent();
  }

  /** Points of the canvas in the colour of the line. */
  private long coloured() {
    return (Long)
        owner.browser.run(
            """
            const canvas = document.querySelector('#series canvas');
            const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            let found = 0;
            for (let i = 0; i < data.length; i += 4) {
              found += data[i] === 15 && data[i + 1] === 92 && data[i + 2] === 86 && data[i + 3] === 255;
            }
            return found;\
            """);
  }

  @Test
  void hoursOfTodayStandBesideThoseOfYesterday() {
    owner.enter(key);
    owner.pick("#period", "today");
    owner.awaitText("#series .figure", "3");
    assertEquals("true", owner.find("[data-value=hour]").getDomAttribute("aria-pressed"));
    owner.click("[data-value=visitors]");
    owner.awaitText("#series .figure", "1");
    assertTrue(owner.find("[data-value=hour]").getDomProperty("disabled").equals("true"));
  }

  @Test
  void periodsAreThoseThatPeopleSay() {
    owner.enter(key);
    LocalDate today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    owner.pick("#period", "yesterday");
    owner.awaitText("#series .figure", "40");
    assertEquals(today.minusDays(1).toString(), owner.find("[name=to]").getDomProperty("value"));
    owner.pick("#period", "month");
    assertEquals(
        today.with(TemporalAdjusters.lastDayOfMonth()).toString(),
        owner.find("[name=to]").getDomProperty("value"));
    owner.pick("#period", "all");
    owner.awaitText("#series .figure", OwnedSite.TOTAL);
    owner.awaitText("#pages tbody tr:first-child td", "1");
    owner.click("[data-choose=interval] [data-value=year]");
    owner.click("#series .body details summary");
    owner.awaitText("#series tbody tr:first-child th", "2020");
    owner.awaitText("#series tbody tr:first-child td", "2.743.712");
    assertSilent();
  }

  @Test
  void anAddressThatNamesWhatIsNotThereShowsTheUsual() {
    owner.enter(key);
    owner.pick("#period", "yesterday");
    owner.awaitText("#series .figure", "40");
    owner.browser.run(
        "location.hash = 'metric=a&interval=b&compare=c&period=custom&from=d&to=e&list=f&view=g'");
    owner.awaitText("#series .figure", "43");
    assertEquals("views", owner.find("#series [aria-pressed=true]").getDomAttribute("data-value"));
    assertSilent();
  }

  @Test
  void whatIsComparedIsSaid() {
    owner.enter(key);
    owner.pick("#period", "yesterday");
    owner.awaitText("#series .compared", text -> text.endsWith(": 0"));
    owner.pick("#compare", "year");
    owner.awaitText("#series .compared", text -> text.endsWith(": 0"));
    owner.pick("#compare", "date");
    owner.browser.run(
        "const i = document.querySelector('[name=since]'); i.value = '2020-01-01';"
            + "i.dispatchEvent(new Event('change'))");
    owner.awaitText("#series .compared", "01/01/2020 – 01/01/2020: 2.743.712");
    owner.awaitText("#series .summary .down", "-100%");
    owner.browser.run(
        "const i = document.querySelector('[name=since]'); i.value = '2019-01-01';"
            + "i.dispatchEvent(new Event('change'))");
    owner.awaitText("#series .compared", "01/01/2019 – 01/01/2019: chưa có số liệu");
    owner.pick("#compare", "none");
    owner.awaitGone("#series .compared");
    assertSilent();
  }

  @Test
  void pagesAreLeafedThroughSortedAndSearched() {
    owner.enter(key);
    assertEquals("/tin/7", owner.pages().get(0));
    assertEquals(20, owner.pages().size());
    owner.click("[data-name=later]");
    owner.awaitPages(pages -> pages.size() == 6);
    owner.awaitText(".sheets .soft", "Đang hiện 21–26");
    owner.click("[data-name=earlier]");
    owner.awaitPages(pages -> pages.size() == 20);
    doubleClick("later");
    owner.awaitText(".sheets .soft", "Đang hiện 21–26");
    doubleClick("earlier");
    owner.awaitText(".sheets .soft", "Đang hiện 1–20");
    owner.click("[data-name=visits]");
    owner.awaitPages(pages -> pages.get(0).equals("/tin/24"));
    assertEquals("descending", owner.find("#pages th:nth-child(4)").getDomAttribute("aria-sort"));
    owner.find("#search").sendKeys("tin số 1");
    owner.awaitPages(pages -> pages.size() == 11 && pages.get(0).equals("/tin/19"));
    owner.find("#search").sendKeys(" không có");
    owner.awaitText("#pages .empty", "Không có trang nào.");
    assertSilent();
  }

  private void doubleClick(String name) {
    owner.browser.run(
        "const button = document.querySelector('[data-name=' + arguments[0] + ']');"
            + "button.click(); button.click()",
        name);
  }

  @Test
  void onePageIsSeenOverTime() {
    owner.enter(key);
    owner.click("#series [data-value=visitors]");
    owner.awaitPages(pages -> pages.contains("/a"));
    owner.click("[data-over-time='/a']");
    owner.awaitText("#of-page b", "Title of /a");
    owner.awaitText("#series .figure", "2");
    assertEquals("views", owner.find("#series [aria-pressed=true]").getDomAttribute("data-value"));
    owner.awaitText("#ratings .figure", "3,00");
    assertEquals("true", owner.find("#series [data-value=bots]").getDomProperty("disabled"));
    owner.click("#series [data-value=votes]");
    owner.awaitText("#series .figure", "1");
    owner.click("#series [data-value=rating]");
    owner.awaitText("#series .figure", "3,00");
    owner.awaitText("#series .summary .soft", "1 phiếu bầu");
    owner.click("#series [data-choose=interval] [data-value=month]");
    owner.click("#series .body details summary");
    owner.awaitText("#series tbody tr:last-child td", "3");
    owner.click("#series [data-value=votes]");
    owner.browser.driver.navigate().refresh();
    owner.awaitBoard();
    owner.awaitText("#series .figure", "1");
    owner.click("#of-page button");
    owner.awaitText("#series .figure", "3");
    owner.click("#series [data-value=rating]");
    owner.awaitText("#series .figure", "4,00");
    owner.awaitText("#ratings .figure", "4,50");
    owner.click("#ratings [data-path='/a']");
    owner.awaitText("#of-page b", "Title of /a");
    assertSilent();
  }

  @Test
  void sectionsLeadToTheirPages() {
    owner.enter(key);
    owner.awaitPages(pages -> pages.size() == 20);
    owner.click("[data-choose=list] [data-value=sections]");
    owner.awaitText("#pages [data-prefix]", "/tin/");
    owner.awaitText("#pages tbody tr:first-child td:nth-child(2)", "24");
    owner.awaitText("#pages tbody tr:first-child td:nth-child(3)", "40");
    assertEquals(false, owner.shown("#search"));
    owner.click("#pages [data-over-time='/b']");
    owner.awaitText("#series .figure", "1");
    owner.click("#pages [data-prefix]");
    owner.awaitText("#pages .within span", "Trong /tin/");
    owner.awaitPages(pages -> pages.size() == 20 && pages.get(0).equals("/tin/7"));
    owner.click("[data-name=later]");
    owner.awaitText(".sheets .soft", "Đang hiện 21–24");
    owner.click("#pages [data-name=everywhere]");
    owner.awaitText(".sheets .soft", "Đang hiện 1–20");
    assertSilent();
  }

  @Test
  void anExportIsSavedAsAFile(@TempDir Path downloads) throws IOException {
    owner.browser.driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toString()));
    owner.enter(key);
    owner.click("[data-export=csv]");
    Path file = awaitFile(downloads, ".csv");
    String csv = Files.readString(file);
    assertTrue(csv.startsWith("\uFEFFday;path;title;views;visits;downloads\r\n"), csv);
    assertTrue(csv.contains(";/tin/7;Tin số 7;17;7;0\r\n"), csv);
    assertTrue(csv.contains(";/a;Title of /a;2;"), csv);
    owner.click("[data-export=json]");
    assertTrue(Files.readString(awaitFile(downloads, ".json")).contains("\"path\":\"/tin/7\""));
    assertSilent();
  }

  private static Path awaitFile(Path folder, String ending) {
    return await()
        .until(
            () -> {
              try (var files = Files.list(folder)) {
                return files.filter(file -> file.toString().endsWith(ending)).toList();
              }
            },
            files -> files.size() == 1 && files.get(0).toFile().length() > 0)
        .get(0);
  }

  @Test
  void theNumbersOfThisMomentAreLiveWhileSomebodyLooks() {
    // The page's own clock, so that the test need not wait for it.
    Object hurry =
        owner.browser.before(
            "const wait = setTimeout;"
                + " window.setTimeout = (f, ms, ...a) => wait(f, ms === 5000 ? 200 : ms, ...a)");
    try {
      owner.browser.driver.navigate().refresh();
      owner.enter(key);
      site.hit("/b").statusCode(200);
      owner.awaitText("[data-number=viewsToday]", "4");
      hide(true);
      int before = owner.browser.requests("/counters").size();
      site.hit("/b").statusCode(200);
      owner.browser.settle();
      assertTrue(owner.browser.requests("/counters").size() <= before + 1);
      assertEquals("4", owner.browser.text("[data-number=viewsToday]"));
      hide(false);
      owner.awaitText("[data-number=viewsToday]", "5");
    } finally {
      owner.browser.forget(hurry);
      restore();
    }
  }

  private void hide(boolean hidden) {
    owner.browser.run(
        "Object.defineProperty(document, 'hidden', {value: arguments[0], configurable: true});"
            + "document.dispatchEvent(new Event('visibilitychange'))",
        hidden);
  }

  /** The other tests count from three views on. */
  private void restore() {
    site = OwnedSite.create(postgres).site();
    key = OperatorKey.make(site.slug, "reader");
  }

  @Test
  void withoutNumbersThePageSaysSo() {
    TestSite fresh = TestSite.create(postgres);
    owner.enter(OperatorKey.make(fresh.slug, "reader"));
    owner.awaitText("#series .empty", "Chưa có lượt nào trong khoảng thời gian này.");
    owner.awaitText("#ratings .empty", "Chưa có phiếu bầu nào.");
    owner.awaitText("#pages .empty", "Không có trang nào.");
    owner.awaitText("[data-number=viewsTotal]", "0");
    assertSilent();
  }

  @Test
  void whatIsNoLongerKeptIsNotShownAsNothing() {
    TestSite kept = TestSite.create(postgres);
    kept.hit("/a").statusCode(200);
    kept.database.execute(
        "INSERT INTO detail_kept VALUES (%d, current_date - 7)".formatted(kept.id));
    owner.enter(OperatorKey.make(kept.slug, "reader"));
    owner.awaitPages(pages -> pages.contains("/a"));
    owner.click("[data-over-time='/a']");
    owner.awaitText("#series .summary", text -> text.contains("không còn được giữ"));
    assertSilent();
  }

  @Test
  void aFileThatWasOnlyDownloadedIsSeenByItsDownloads() {
    TestSite files = TestSite.create(postgres);
    files.hit("/a").statusCode(200);
    files.send("{\"download\":\"/a.pdf\"}").statusCode(200);
    owner.enter(OperatorKey.make(files.slug, "reader"));
    owner.awaitShown("[data-over-time='/a.pdf']");
    owner.click("[data-over-time='/a.pdf']");
    owner.awaitShown("#series [data-value=downloads][aria-pressed=true]");
    owner.awaitText("#series .figure", "1");
    owner.awaitText("#ratings h3", "/a.pdf");
    assertSilent();
  }

  @Test
  void aCardSaysWhatIsWrongAndTriesAgain() {
    block(List.of("*/series*"));
    try {
      owner.enter(key);
      owner.awaitText("#series .problem strong", "Không kết nối được tới máy chủ.");
      owner.awaitText("[data-number=viewsToday]", "3");
    } finally {
      block(List.of());
    }
    owner.click("#series .problem button");
    owner.awaitText("#series .figure", "43");
    owner.browser.complaints();
  }

  private void block(List<String> addresses) {
    owner.browser.driver.executeCdpCommand("Network.enable", Map.of());
    owner.browser.driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", addresses));
  }
}

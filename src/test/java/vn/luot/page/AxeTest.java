package vn.luot.page;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.site.Site;

/**
 * axe finds nothing in any part of the page, whatever it shows: in both schemes, on a phone, on
 * paper.
 */
@QuarkusTest
class AxeTest extends OwnersPage {
  private static final Map<String, Object> WCAG_2_2_AA =
      Map.of(
          "type",
          "tag",
          "values",
          List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"));

  /** What colours and width can change. */
  private static final Map<String, Object> LOOKS =
      Map.of(
          "type",
          "rule",
          "values",
          List.of("color-contrast", "target-size", "scrollable-region-focusable"));

  private static final String AXE = axe();

  private static final String CALM =
      """
      return !document.querySelector('[aria-busy=true]') && document.getAnimations().every(
          running => running.effect.getTiming().iterations === Infinity);
      """;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PHONE = 390;

  private void assertForEverybody(String what) {
    assertNothingFound(what, WCAG_2_2_AA);
    owner.prefer("dark");
    owner.browser.driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", PHONE, "height", 800, "deviceScaleFactor", 2, "mobile", false));
    try {
      assertNothingFound(what + ", dark and on a phone", LOOKS);
      var wide = (Long) owner.browser.run("return document.documentElement.scrollWidth");
      assertTrue(wide <= PHONE, what + " is " + wide + " wide");
    } finally {
      owner.browser.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
      owner.prefer("light");
    }
  }

  /**
   * In the page itself: axe's own driver opens windows, which a busy machine does not always do in
   * time.
   */
  private void assertNothingFound(String what, Map<String, Object> rules) {
    // What is asked for once more or fades in is not yet as it is meant to be read.
    await("calm page: " + what)
        .atMost(PATIENCE)
        .until(() -> owner.browser.run(CALM), Boolean.TRUE::equals);
    owner.browser.run(AXE);
    owner.browser.driver.manage().timeouts().scriptTimeout(PATIENCE);
    Object found =
        owner.browser.driver.executeAsyncScript(
            """
            const done = arguments[1];
            axe.run({runOnly: arguments[0]}).then(
                found => done(found.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html))),
                problem => done([String(problem)]));
            """,
            rules);
    assertEquals(List.of(), found, what);
  }

  private static String axe() {
    try (InputStream script = AxeTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void view(String name, String shown) {
    owner.click("[data-view=" + name + "]");
    owner.awaitShown(shown);
  }

  private void type(String selector, String text) {
    owner.find(selector).clear();
    owner.find(selector).sendKeys(text);
  }

  @Test
  void theEntryAndItsRefusal() {
    assertForEverybody("entry");
    owner.logIn("luot_wrong");
    owner.awaitText("#entry-problem", text -> !text.isEmpty());
    assertForEverybody("refused");
  }

  @Test
  void theNumbersOfASiteAndOfAPage() {
    owner.enter(key);
    owner.click("#series .body details summary");
    owner.click(".tile [data-what=visitors] summary");
    assertForEverybody("numbers");
    owner.click("[data-over-time='/a']");
    owner.click("#series [data-value=rating]");
    owner.awaitText("#series .figure", "3,00");
    owner.click("[data-choose=list] [data-value=sections]");
    owner.awaitShown("#pages [data-prefix]");
    assertForEverybody("one page");
  }

  @Test
  void whatFails() {
    owner.browser.driver.executeCdpCommand("Network.enable", Map.of());
    owner.browser.driver.executeCdpCommand(
        "Network.setBlockedURLs", Map.of("urls", List.of("*/series*", "*/counters*", "*/pages*")));
    try {
      owner.enter(key);
      owner.awaitShown("#series .problem");
      owner.awaitText("#tiles-problem", text -> !text.isEmpty());
      assertForEverybody("numbers that cannot be read");
    } finally {
      owner.browser.driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of()));
    }
  }

  @Test
  void theGuideOfAFreshSite() {
    TestSite fresh = TestSite.create(postgres);
    given()
        .header("Origin", "https://khac.example")
        .contentType("text/plain")
        .body("{\"page\":\"/\"}")
        .post(fresh.path("hits"))
        .then()
        .statusCode(403);
    owner.enter(OperatorKey.make(fresh.slug, "editor"));
    owner.awaitShown("#guide .waiting");
    owner.awaitShown("#guide .refused");
    assertForEverybody("guide");
  }

  @Test
  void allSitesWithTheirLabelsAndLinks() {
    TestSite.create(postgres, "\"labels\":[\"nhãn %1$s\",\"sở %1$s\"]".formatted(site.slug));
    owner.enter(OperatorKey.KEY);
    view("all", "#sites tbody tr");
    String label = "[data-public='nhãn " + site.slug + "']";
    owner.awaitShown(label);
    owner.click(label);
    owner.awaitText(label, "Tắt");
    owner.awaitShown("#f-linkFor");
    type("#f-linkFor", "Uỷ ban");
    owner.click("#links-of-all .primary");
    owner.awaitShown("#links-of-all .made textarea");
    owner.click("#sites-chart summary");
    assertForEverybody("all sites");
    owner.browser.open(
        "http://127.0.0.1:%d/v1/group.html?label=%s"
            .formatted(
                RestAssured.port, URLEncoder.encode("nhãn " + site.slug, StandardCharsets.UTF_8)));
    owner.awaitShown("main table, main .notice");
    assertForEverybody("public page");
    owner.browser.complaints();
  }

  @Test
  void aNewSiteAndItsRefusal() {
    owner.enter(OperatorKey.KEY);
    view("new", "#f-address");
    type("#f-name", "Cổng");
    type("#f-address", "portal.example");
    type("#f-id", site.slug);
    owner.click("#new .primary");
    owner.awaitText("#new .problem", text -> !text.isEmpty());
    assertForEverybody("new site");
  }

  @Test
  void moderation() {
    TestSite odd = TestSite.create(postgres);
    odd.hit("/a").statusCode(200);
    odd.awaitFlushed(1);
    odd.database.execute(
        """
        INSERT INTO vote (site_id, page, voter, stars, held, revision, changed_at)
        SELECT %1$d, 1, gen_random_uuid(), n, 'network', 1, now() FROM generate_series(1, 3) AS n;
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits)
        VALUES (%2$d, '2026-01-05', '2026-01-05T03:00Z', 7, 4000, 1000)
        """
            .formatted(odd.id, Site.quarantineId(odd.id)));
    owner.enter(OperatorKey.make(odd.slug, "editor"));
    view("moderation", "#votes tbody tr");
    owner.awaitShown("#quarantine [data-day='2026-01-05'] form");
    type("#f-path", "/a");
    owner.click("#page-shown form button");
    owner.awaitShown("#page-form");
    owner.find("#votes [name=reason]").sendKeys("gian lận");
    owner.click("#votes [name=remove]");
    owner.awaitText("#votes .problem", text -> !text.isEmpty());
    assertForEverybody("moderation");
  }

  @Test
  void settingsInUse() {
    TestSite set = TestSite.create(postgres);
    set.hit("/a").statusCode(200);
    owner.enter(OperatorKey.make(set.slug, "operator"));
    view("settings", "#balances form");
    owner.awaitShown("#f-linkFor");
    assertForEverybody("settings");
    type("#f-linkFor", "Sở Tài chính");
    owner.click("#links .primary");
    owner.awaitShown("#links .made textarea");
    type("#f-keyName", "Báo cáo");
    owner.click("#keys .fields .primary");
    owner.awaitShown("#keys .made");
    owner.click("#keys tbody tr:last-child [data-revoke]");
    owner.awaitShown("#keys tbody .down");
    type("#f-views", "2743755");
    owner.find("#balances [name=reason]").sendKeys("Số liệu cổng cũ");
    owner.click("#balances .primary");
    owner.awaitText("[data-balance=views]", "2.743.755");
    owner.click("#balances details summary");
    owner.browser.run(
        """
        const data = new DataTransfer();
        data.items.add(new File(['path,views\\n/a,many\\n'], 'wrong.csv', {type: 'text/csv'}));
        document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        """);
    owner.find("#imports [name=reason]").sendKeys("Cổng cũ");
    owner.click("#imports [name=check]");
    owner.awaitShown("#import-report tbody td");
    type("#rules [name=visitGapSeconds]", "100");
    owner.click("#rules .primary");
    owner.awaitText("#rules .problem", text -> !text.isEmpty());
    type("#deletion [name=confirm]", set.slug);
    assertForEverybody("settings in use");
  }

  @Test
  void theReportOnTheScreenAndOnPaper() {
    owner.enter(key);
    view("report", "#report article");
    owner.pick("#report [name=kind]", "year");
    owner.awaitText("#report header p:nth-child(3)", text -> text.startsWith("Năm "));
    assertForEverybody("report");
    owner.browser.run("dispatchEvent(new Event('beforeprint'))");
    owner.browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    try {
      owner.awaitShown("#report .printed");
      assertNothingFound("report on paper", WCAG_2_2_AA);
    } finally {
      owner.browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
    }
  }

  @Test
  void aLinkAndOneThatIsOver() {
    String viewer = OperatorKey.make(site.slug, "viewer");
    owner.browser.open(owner.address() + "?shared#key=" + viewer);
    owner.awaitText("[data-number=viewsTotal]", OwnedSite.TOTAL);
    owner.awaitPages(pages -> !pages.isEmpty());
    assertForEverybody("link");
    String keys = "/admin/v1/sites/" + site.slug + "/keys";
    int id = asOperator().get(keys).then().extract().path("keys.id.max()");
    asOperator().delete(keys + "/" + id).then().statusCode(204);
    await().atMost(Duration.ofSeconds(60)).until(() -> owner.shown("#no-link"));
    assertForEverybody("link that is over");
  }
}

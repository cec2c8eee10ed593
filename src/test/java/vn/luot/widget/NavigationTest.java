package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Single-page sites, and pages that say themselves what is read. */
@QuarkusTest
class NavigationTest extends WidgetTest {

  private String visits() {
    return site.request().get(site.path("counters")).jsonPath().getString("visits.total");
  }

  private int hits() {
    return browser.requests("/hits").size();
  }

  @Test
  void everyNewAddressIsAViewOfTheSameVisit() {
    open("/app.html");
    browser.awaitText("[data-luot]", "1");
    browser.run("history.pushState({}, '', '/app/tin/a'); document.title = 'Tin A'");
    await().atMost(Duration.ofSeconds(60)).until(() -> hits() == 2);
    browser.run("history.pushState({}, '', '/app/tin/b')");
    await().atMost(Duration.ofSeconds(60)).until(() -> hits() == 3);
    browser.run("history.back()");
    await().atMost(Duration.ofSeconds(60)).until(() -> hits() == 4);
    browser.awaitText("[data-luot]", "2");
    site.awaitViews(4);
    assertEquals("1", visits());
    assertSilent();
  }

  @Test
  void aPartThatDidNotArriveIsFetchedAgain() {
    open("/app.html");
    browser.awaitText("[data-luot]", "1");
    block(List.of("*/luot-more.js*"));
    try {
      browser.run("history.pushState({}, '', '/app/tin/a')");
      browser.settle();
    } finally {
      block(List.of());
    }
    browser.run("history.pushState({}, '', '/app/tin/b')");
    await().atMost(Duration.ofSeconds(60)).until(() -> hits() == 2);
    browser.awaitText("[data-luot]", "1");
  }

  private void block(List<String> addresses) {
    browser.driver.executeCdpCommand("Network.enable", Map.of());
    browser.driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", addresses));
  }

  @Test
  void theTitleAfterTheChangeIsTheOneThatCounts() {
    open("/app.html");
    browser.awaitText("[data-luot]", "1");
    browser.run("history.pushState({}, '', '/app/tin/a'); document.title = 'Tin A'");
    await().atMost(Duration.ofSeconds(60)).until(() -> hits() == 2);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                "Tin A"
                    .equals(
                        site.request()
                            .get(site.path("pages/top"))
                            .jsonPath()
                            .getString("pages.find { it.path == '/app/tin/a' }?.title")));
  }

  @Test
  void aRedirectAndAFilterAreNoFurtherViews() {
    open("/app.html");
    browser.awaitText("[data-luot]", "1");
    browser.run("history.pushState({}, '', '/old'); history.replaceState({}, '', '/new')");
    await().atMost(Duration.ofSeconds(60)).until(() -> hits() == 2);
    browser.run("history.replaceState({}, '', '/new?q=c')");
    browser.run("location.hash = 'doan-2'");
    browser.run("history.pushState({}, '', location.href)");
    browser.settle();
    assertEquals(2, hits());
    site.awaitViews(2);
  }

  /** A push leaves the length of the history as it was after a step back. */
  @Test
  void anOlderBrowserTellsAPushFromAFilterToo() {
    var old = browser.before("delete window.navigation");
    show("/bai", KindsTest.TAG + "<b data-luot=page-views>?</b>");
    browser.forget(old);
    browser.awaitText("[data-luot]", "1");
    browser.run("history.pushState({}, '', '/bai?id=2'); document.body.append('2')");
    await().atMost(Duration.ofSeconds(60)).until(() -> hits() == 2);
    browser.run("history.back()");
    await().atMost(Duration.ofSeconds(60)).until(() -> hits() == 3);
    browser.run("history.pushState({}, '', '/bai?id=3')");
    await().atMost(Duration.ofSeconds(60)).until(() -> hits() == 4);
    browser.run("history.replaceState({}, '', '/bai?id=3&loc=moi'); document.body.append('3')");
    browser.pass("1.5");
    assertEquals(4, hits());
    assertEquals("/bai?id=3", browser.run("return luot.inside.page"));
    assertSilent();
  }

  @Test
  void ownersMayDriveItThemselves() {
    open("/manual.html");
    browser.settle();
    assertEquals(0, hits());
    browser.run("luot.hit({page: 'bai-42', title: 'Bài 42'})");
    browser.awaitText("[data-luot]", "1");
    browser.run("luot.hit({page: 'bai-43'})");
    browser.run("luot.hit({page: 'bai-42'})");
    browser.awaitText("[data-luot]", "2");
    site.awaitViews(3);
  }
}

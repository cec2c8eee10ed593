package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who counts as being there. Pages run on a clock six hundred times as fast. */
@QuarkusTest
class PresenceTest extends WidgetTest {

  private static final String FAST_CLOCK =
      "const later = setTimeout, now = Date.now, start = now();"
          + "window.setTimeout = (f, ms, ...a) => later(f, ms / 600, ...a);"
          + "Date.now = () => start + (now() - start) * 600;";

  private static final String HIDDEN =
      "Object.defineProperty(document, 'hidden', {configurable: true, get: () => %s});"
          + "document.dispatchEvent(new Event('visibilitychange'))";

  private int beats() {
    return browser.requests("/heartbeats").size();
  }

  private void openFast(String page) {
    var fast = browser.before(FAST_CLOCK);
    open(page);
    browser.forget(fast);
  }

  @Test
  void anOpenPageBeatsAndShowsWhoIsOnline() throws IOException {
    openFast("/bac-ninh.html");
    await().atMost(Duration.ofSeconds(60)).until(() -> beats() >= 3);
    Crowd.beat(site, 4);
    browser.awaitText("[data-luot=online]", "5");
    site.awaitViews(1);
    assertSilent();
  }

  @Test
  void beatsComeAtTheServersIntervalMoreOrLess() {
    openFast("/thai-binh.html");
    await().atMost(Duration.ofSeconds(60)).until(() -> beats() >= 12);
    var gaps = browser.gaps("/heartbeats");
    // 54 to 66 s of the page's clock, and what the request and a busy machine add.
    assertTrue(gaps.stream().allMatch(ms -> ms >= 89), gaps.toString());
    assertTrue(gaps.stream().distinct().count() > 3, gaps.toString());
  }

  @Test
  void aHiddenPageIsStillUntilItIsSeenAgain() {
    openFast("/bac-ninh.html");
    await().atMost(Duration.ofSeconds(60)).until(() -> beats() > 0);
    browser.run(HIDDEN.formatted("true"));
    browser.settle();
    var before = beats();
    browser.settle();
    assertEquals(before, beats());
    browser.run(HIDDEN.formatted("false"));
    await().until(() -> beats() > before);
  }

  @Test
  void anIdlePageFallsSilentAndWakesWithItsReader() {
    openFast("/bac-ninh.html");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> beats() > 0 && browser.quietFor("/heartbeats", 1000));
    var before = beats();
    // 30 minutes hold at most 33 beats of 54 s.
    assertTrue(before <= 34, before + " beats");
    browser.run("dispatchEvent(new Event('keydown'))");
    await().atMost(Duration.ofSeconds(60)).until(() -> beats() > before);
  }

  @Test
  void aTabInTheBackgroundCountsWhenItIsSeen() {
    site.awaitKnown();
    var hide =
        browser.before(
            "Object.defineProperty(document, 'hidden', {configurable: true, get: () => true})");
    open("/bac-ninh.html");
    browser.forget(hide);
    browser.settle();
    assertEquals(0, browser.requests("/v1/").size());
    browser.run(HIDDEN.formatted("false"));
    browser.awaitText("[data-luot=page-views]", "1");
  }

  @Test
  void ofThePagesOfATabInTheBackgroundOnlyTheOneThatIsSeenCounts() {
    var hide =
        browser.before(
            "Object.defineProperty(document, 'hidden', {configurable: true, get: () => true})");
    open("/app.html");
    browser.forget(hide);
    for (var view : new Long[] {3L, 5L}) {
      browser.run("history.pushState({}, '', '/app/' + arguments[0])", view);
      await().until(() -> browser.run("return luot.inside.view"), view::equals);
    }
    browser.run(HIDDEN.formatted("false"));
    browser.awaitText("[data-luot=page-views]", "1");
    browser.settle();
    assertEquals(1, browser.requests("/hits").size());
    site.request()
        .get(site.path("pages?path=/app/3&path=/app/5"))
        .then()
        .body("pages.views", contains(0, 1));
  }

  @Test
  void aPrerenderedPageCountsWhenItIsShown() {
    open("/thai-binh.html");
    site.awaitViews(1);
    browser.run(
        "const rules = document.createElement('script'); rules.type = 'speculationrules';"
            + "rules.textContent = JSON.stringify({prerender: [{urls: ['/bac-ninh.html']}]});"
            + "document.body.append(rules)");
    browser.settle();
    site.awaitViews(1);
    browser.run("location.href = '/bac-ninh.html'");
    browser.awaitText("[data-luot=page-views]", "1");
    site.awaitViews(2);
  }

  @Test
  void aPageRestoredFromTheBackForwardCacheCountsAgain() {
    open("/bac-ninh.html");
    browser.awaitText("[data-luot=page-views]", "1");
    browser.run("window.kept = true");
    browser.open(portal.origin() + "/thai-binh.html");
    site.awaitViews(2);
    browser.driver.navigate().back();
    browser.awaitText("[data-luot=page-views]", "2");
    assertEquals(true, browser.run("return window.kept"), "restored, not loaded again");
    site.awaitViews(3);
  }

  @Test
  void anAutomatedBrowserSeesNumbersAndIsNotCounted() {
    site.withViews(7, 1).withPageViews("/bac-ninh.html", 5);
    site.awaitKnown();
    try (var robot = new Browser(Chromium.startAutomated())) {
      robot.open(portal.origin() + "/bac-ninh.html");
      robot.awaitText("[data-luot=views-total]", "7");
      robot.awaitText("[data-luot=page-views]", "5");
      assertEquals(0, robot.requests("/hits").size());
      assertEquals(0, robot.requests("/heartbeats").size());
    }
  }
}

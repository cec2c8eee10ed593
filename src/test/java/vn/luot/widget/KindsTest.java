package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.interactions.Actions;

/**
 * Pages on which a counter is easily wrong: each shows the right number, or the page's own text.
 */
@QuarkusTest
class KindsTest extends WidgetTest {
  static final String TAG = "<script async src='@luot@/widget.js' data-site='@site@'></script>";

  private List<String> hits() {
    return browser.requests("/hits");
  }

  @Test
  void oneRequestFillsEverySlotAndNothingOlderFollows() {
    site.withViews(100, 50).withPageViews("/b", 7).withVotes("/a", 4, 2).withVotes("~portal", 5, 3);
    show(
        "/a",
        TAG
            + "<b id=total data-luot=views-total>1</b><b id=week data-luot=views-week>1</b>"
            + "<b id=yesterday data-luot=visits-yesterday>1</b><b id=who data-luot=visitors-today>1</b>"
            + "<b id=sum data-luot=rating-sum>1</b><b id=portal data-luot=portal-rating-count>1</b>"
            + "<b id=other data-luot=page-views data-luot-page='/b'>1</b><luot-rating></luot-rating>"
            + "<luot-rating portal></luot-rating><luot-number name=online>9</luot-number>");
    browser.awaitText("#total", "101");
    browser.awaitText("#week", "1");
    browser.awaitText("#yesterday", "0");
    browser.awaitText("#who", "1");
    browser.awaitText("#sum", "8");
    browser.awaitText("#portal", "3");
    browser.awaitText("#other", "7");
    browser.awaitPart("summary", "Xếp hạng: 4 - 2 phiếu bầu");
    browser.settle();
    assertEquals(1, browser.requests("/v1/").size());
    // A slot that comes later is read; what the hit has told stays.
    browser.run(
        "document.body.insertAdjacentHTML('beforeend', '<i id=late data-luot=visits-month></i>')");
    browser.awaitText("#late", "1");
    browser.awaitText("#total", "101");
  }

  @Test
  void aClickThatLeavesThePageIsADownload() {
    String page =
        TAG
            + "<a id=file data-luot-download href='/van-ban/12.pdf'>Tải về</a>"
            + "<a id=here data-luot-download='/van-ban/12.pdf' href='#'>Xem</a>"
            + "<a href='/van-ban/12.pdf' data-luot-download><b id=own data-luot=downloads>…</b></a>"
            + "<p id=said data-luot-template='{downloads} lượt tải' data-luot-page='/van-ban/12.pdf'></p>";
    show("/a", page);
    browser.awaitText("#own", "0");
    browser.driver.findElement(By.id("here")).click();
    browser.awaitText("#own", "1");
    browser.awaitText("#said", "1 lượt tải");
    browser.driver.findElement(By.id("file")).click();
    // What is read of a file may be two seconds old.
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              show("/a", page);
              return browser.awaitText("#own", text -> !text.equals("…"));
            },
            "2"::equals);
  }

  @Test
  void quickReadersNeverSeeATotalGoBack() {
    portal.written.put(
        "/t", TAG + "<b id=t data-luot=views-total></b><b data-luot=views-week></b>");
    site.awaitKnown();
    for (long view = 1; view <= 6; view++) {
      browser.open(portal.origin() + "/t");
      browser.awaitText("#t", Long.toString(view));
    }
    browser.settle();
    browser.awaitText("#t", "6");
  }

  @Test
  void anotherPageOfASinglePageSiteShowsItsOwnTextUntilItsNumberIsKnown() {
    show(
        "/app",
        "<meta property='og:title' content='Cả cổng'>"
            + TAG
            + "<b id=s data-luot=page-views>chưa rõ</b>");
    browser.awaitText("#s", "1");
    browser.run(
        "window.seen = []; new MutationObserver(() => seen.push(document.querySelector('#s').textContent))"
            + ".observe(document.querySelector('#s'), {characterData: true, subtree: true});"
            + "history.pushState({}, '', '/app/a');"
            + "setTimeout(() => document.title = 'Tin A', 400)");
    await().until(() -> hits().size() == 2);
    browser.awaitText("#s", "1");
    assertEquals("chưa rõ,1", browser.run("return seen.join()"));
    // A router of the Navigation API, and a title that never comes.
    browser.run(
        "navigation.addEventListener('navigate', e => e.intercept(), {once: true});"
            + "navigation.navigate('/app/b')");
    await().until(() -> hits().size() == 3);
    site.awaitFlushed(3);
    assertEquals(
        "/app Cả cổng\n/app/a Tin A\n/app/b null",
        String.join(
            "\n",
            site
                .request()
                .get(site.path("pages/top"))
                .jsonPath()
                .<java.util.Map<String, Object>>getList("pages")
                .stream()
                .map(page -> page.get("path") + " " + page.get("title"))
                .sorted()
                .toList()));
  }

  @Test
  void routesBehindTheHashArePagesWhereTheScriptSaysSo() {
    show(
        "/h",
        TAG.replace("data-site", "data-routes=hash data-site")
            + "<b id=s data-luot=page-views>?</b>");
    browser.awaitText("#s", "1");
    browser.run("location.hash = '#!/tin/a'");
    await().until(() -> hits().size() == 2);
    browser.awaitText("#s", "1");
    site.request()
        .get(site.path("pages?path=/h&path=/h/tin/a"))
        .then()
        .body("pages.views", org.hamcrest.Matchers.contains(1, 1));
  }

  @Test
  void addressesOfAnyFormAreThePageTheyMean() {
    site.withPageViews("/tin/a", 2).withPageViews("bai-42", 3);
    var host = portal.origin().substring("http:".length());
    show(
        "/tin/x",
        TAG
            + "<b id=a data-luot=views data-luot-page='%s/tin/a'></b>".formatted(portal.origin())
            + "<b id=b data-luot=views data-luot-page='%s/tin/a?q=1#c'></b>".formatted(host)
            + "<b id=c data-luot=views data-luot-page='../tin/a'></b>"
            + "<b id=d data-luot=views data-luot-page='./a'></b>"
            + "<b id=e data-luot=views data-luot-page='bai-42'></b>");
    for (var slot : List.of("#a", "#b", "#c", "#d")) {
      browser.awaitText(slot, "2");
    }
    browser.awaitText("#e", "3");
    assertEquals(1, browser.requests("/v1/").size());
  }

  @Test
  void wrongDeclarationsAndLongAddressesAreCountedForThePage() {
    site.awaitKnown();
    var origin = portal.origin();
    for (var canonical :
        List.of(
            "http://",
            origin + origin + "/x",
            origin + "/" + origin + "/x",
            "//elsewhere.example/x")) {
      show(
          "/c",
          "<link rel=canonical href='" + canonical + "'>" + TAG + "<b id=s data-luot=views>?</b>");
      browser.awaitText("#s", text -> text.matches("\\d+"));
    }
    browser.awaitText("#s", "4");
    browser.open(portal.origin() + "/c?token=" + "a".repeat(3000));
    browser.awaitText("#s", "5");
    portal.written.put(
        "/" + "d".repeat(600),
        TAG + "<b id=s data-luot=views-total>?</b><i data-luot=views>cũ</i>");
    browser.open(portal.origin() + "/" + "d".repeat(600));
    browser.awaitText("#s", "6");
    browser.awaitText("i", "cũ");
  }

  @Test
  void aDeadScriptElsewhereDelaysNothing() {
    portal.written.put(
        "/slow",
        TAG
            + "<title>Chậm</title><script src=/held.js></script><b id=s data-luot=views-total>?</b>");
    site.awaitKnown();
    browser.run("setTimeout(() => location.href = arguments[0], 500)", portal.origin() + "/slow");
    site.awaitViews(1);
    assertEquals(1, portal.held.size());
    portal.release();
    browser.awaitText("#s", "1");
  }

  @Test
  void whatNobodyAskedForIsNotCounted() {
    portal.written.put("/frame", TAG + "<b id=s data-luot=views-total>?</b>");
    show("/outer", TAG + "<b id=s data-luot=views-total>?</b><iframe src=/frame></iframe>");
    browser.awaitText("#s", "1");
    browser.settle();
    assertEquals(1, site.views());
    show(
        "/again",
        "<meta http-equiv=Refresh content=1>" + TAG + "<b id=s data-luot=views-total>?</b>");
    browser.awaitText("#s", "2");
    browser.run("window.first = true");
    await()
        .until(
            () -> browser.run("return !window.first && document.readyState"), "complete"::equals);
    browser.awaitText("#s", "2");
    assertEquals(2, site.views());
    new Actions(browser.driver).moveByOffset(20, 20).moveByOffset(5, 5).perform();
    site.awaitViews(3);
  }

  @Test
  void thePageIsLeftInPeace() {
    site.withViews(4, 1);
    portal.policy =
        java.util.Optional.of(
            "require-trusted-types-for 'script'; trusted-types luot-more luot-rating");
    show(
        "/p",
        "<script>String.prototype.toJSON = function () { return 'x' + this }</script>"
            + TAG
            + "<span id=icon data-luot=views-total><i class=eye></i> 1</span>"
            + "<span id=translated data-luot=views-total>1</span><luot-rating></luot-rating>");
    browser.awaitText("#icon", " 5");
    assertEquals(1L, browser.run("return document.querySelectorAll('#icon .eye').length"));
    browser.awaitRating();
    browser.run(
        "window.written = 0; const slot = document.getElementById('translated');"
            + "new MutationObserver(() => { written++; if (slot.textContent != 'năm') slot.textContent = 'năm' })"
            + ".observe(slot, {childList: true, characterData: true, subtree: true});"
            + "const font = document.createElement('font'); font.textContent = 'năm';"
            + " slot.replaceChildren(font)");
    browser.settle();
    assertTrue((Long) browser.run("return written") < 4);
    assertSilent();
  }
}

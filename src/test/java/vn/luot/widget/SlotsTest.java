package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a slot shows, and how many requests it takes. */
@QuarkusTest
class SlotsTest extends WidgetTest {

  @Test
  void aSlotShowsItsNumberTheWayItAsks() {
    site.withViews(2743754, 1);
    open("/slots.html");
    browser.awaitText("#plain", "2743755");
    browser.awaitText("#vi", "2.743.755");
    browser.awaitText("#en", "2,743,755");
    browser.awaitText("#padded", "001");
    browser.awaitText("#month", "1");
    browser.awaitText("#visitors", "1");
    assertSilent();
  }

  @Test
  void ratingsAreShownTheWayTheyAreAsked() {
    site.withVotes("/rated", 5, 3).withVotes("/rated", 4, 4);
    open("/slots.html");
    browser.awaitText("#decimals", "4,43");
    browser.awaitText("#zero", "chưa có");
    browser.awaitText("#empty", "");
    browser.awaitText("#average", "–");
    browser.awaitText("#sentence", "Tổng số điểm của bài viết là: 0 trong 0 đánh giá");
    assertEquals(1, browser.requests("/v1/").size());
  }

  @Test
  void whatNobodyKnowsStaysAsThePageWroteIt() {
    open("/slots.html");
    browser.awaitText("#month", "1");
    assertEquals("cũ", browser.text("#unknown"));
    assertEquals("cũ", browser.text("#half"));
  }

  @Test
  void theSumOfSitesWithAPublicLabelIsShown() {
    // Those of a test before lose it.
    site.database()
        .execute(
            """
            UPDATE site SET rules = rules - 'labels' WHERE rules -> 'labels' ? 'nhóm';
            UPDATE site SET rules = rules || '{"labels":["nhóm"]}' WHERE slug = '%s'
            """
                .formatted(site.slug()));
    site.withViews(41, 1);
    asOperator()
        .contentType("application/json")
        .body("{\"label\":\"nhóm\"}")
        .post("/admin/v1/public-labels")
        .then()
        .statusCode(200);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> site.request().get(site.path("group")).statusCode() == 200);
    show(
        "/nhom.html",
        KindsTest.TAG
            + "<b id=sum data-luot=group-views-total>?</b><b id=sites data-luot=group-sites>?</b>");
    browser.awaitText("#sum", text -> text.matches("4[12]"));
    browser.awaitText("#sites", "1");
    assertEquals(1, browser.requests("/group").size());
  }

  @Test
  void anElementThatIsUsedAgainIsAboutItsNewFile() {
    site.awaitKnown();
    send("{\"download\":\"/van-ban/2.pdf\"}");
    show(
        "/tep",
        KindsTest.TAG
            + "<a id=link href='/van-ban/1.pdf' data-luot-download><b id=of data-luot=downloads>…</b></a>"
            + "<i id=said data-luot-template='{downloads} lượt tải' data-luot-page='/van-ban/1.pdf'></i>"
            + "<luot-number name=downloads data-luot-page='/van-ban/2.pdf'>…</luot-number>");
    browser.awaitText("#of", "0");
    browser.awaitText("#said", "0 lượt tải");
    browser.run(
        "document.getElementById('link').href = '/van-ban/2.pdf';"
            + "document.getElementById('said').dataset.luotPage = '/van-ban/2.pdf'");
    browser.awaitText("#of", "1");
    browser.awaitText("#said", "1 lượt tải");
    await()
        .until(
            () ->
                browser.run("return document.querySelector('luot-number').shadowRoot?.textContent"),
            "1"::equals);
    assertSilent();
  }

  @Test
  void aListIsFilledByTheHit() {
    site.withPageViews("/tin/a", 12).withPageViews("/tin/b", 3);
    open("/lists.html");
    browser.awaitText("#a", "12");
    browser.awaitText("#b", "3");
    browser.awaitText("#c", "0");
    assertEquals(0, browser.requests("/pages?").size());
  }

  @Test
  void theMostReadAreWrittenByThePagesOwnTemplate() {
    site.awaitKnown();
    for (var path : new String[] {"/tin/a", "/tin/b", "/tin/b", "/trang-chu", "/tin/c", "/tin/c"}) {
      send("{\"page\":\"" + path + "\",\"title\":\"<b>Tin</b> " + path + "\"}");
    }
    site.awaitFlushed(6);
    open("/lists.html");
    browser.awaitText("#top li:nth-of-type(2)", text -> text.contains("(2)"));
    assertEquals(2L, browser.run("return document.querySelectorAll('#top > li').length"));
    assertEquals(
        "<b>Tin</b> "
            + browser.run("return new URL(document.querySelector('#top a').href).pathname"),
        browser.text("#top a"));
    assertEquals(0L, browser.run("return document.querySelectorAll('#top b').length"));
    // What only other pages need comes for those who stay, half a minute later.
    assertEquals(
        0L,
        browser.run(
            "return performance.getEntriesByType('resource')"
                + ".filter(e => e.name.includes('/luot-more') && e.startTime < 20000).length"));
    assertSilent();
  }

  @Test
  void aListThatNothingIsKnownOfStaysAsTheServerWroteIt() {
    open("/lists.html");
    browser.awaitText("#c", "0");
    browser.settle();
    assertEquals("Tin do máy chủ ghi", browser.text("#top > li"));
  }

  @Test
  void aListLeadsToAddressesOfItsOwnSiteAndToNothingElse() {
    site.awaitKnown();
    for (var page :
        new String[] {
          "/khuyen-mai-50%25", "/bài 1%3F", "/\\\\evil.example", "article-42", "javascript:alert(1)"
        }) {
      // Twice, to come before the page with the list.
      send("{\"page\":\"" + page + "\"}");
      send("{\"page\":\"" + page + "\"}");
    }
    site.awaitFlushed(10);
    open("/lists.html");
    browser.awaitText("#all li:nth-of-type(5)", text -> !text.isEmpty());
    assertEquals(
        """
        /\\evil.example > /%5Cevil.example
        /bài 1%3F > /b%C3%A0i%201%3F
        /khuyen-mai-50%25 > /khuyen-mai-50%25
        article-42 >\s
        javascript:alert(1) >\s""",
        browser.run(
            "return [...document.querySelectorAll('#all a')].map(a => a.textContent + ' > '"
                + " + a.href.replace(location.origin, '')).sort().join('\\n')"));
    assertSilent();
  }

  private void send(String hit) {
    var request = site.request().contentType("text/plain; charset=UTF-8").body(hit);
    request.post(site.path("hits")).then().statusCode(200);
  }
}

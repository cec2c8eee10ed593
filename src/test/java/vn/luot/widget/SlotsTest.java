package vn.luot.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
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
    assertEquals(1, browser.requests("/pages?").size());
    assertEquals(0, browser.requests("/rating").size());
  }

  @Test
  void whatNobodyKnowsStaysAsThePageWroteIt() {
    open("/slots.html");
    browser.awaitText("#month", "1");
    assertEquals("cũ", browser.text("#unknown"));
    assertEquals("cũ", browser.text("#half"));
  }

  @Test
  void aListIsFilledByOneRequest() {
    site.withPageViews("/tin/a", 12).withPageViews("/tin/b", 3);
    open("/lists.html");
    browser.awaitText("#a", "12");
    browser.awaitText("#b", "3");
    browser.awaitText("#c", "0");
    assertEquals(1, browser.requests("/pages?").size());
  }

  @Test
  void theMostReadAreWrittenByThePagesOwnTemplate() {
    site.awaitKnown();
    for (var path : new String[] {"/tin/a", "/tin/b", "/tin/b", "/trang-chu", "/tin/c", "/tin/c"}) {
      site.request()
          .contentType("text/plain")
          .body("{\"page\":\"" + path + "\",\"title\":\"<b>Tin</b> " + path + "\"}")
          .post(path("hits"));
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
    assertSilent();
  }

  @Test
  void aListThatNothingIsKnownOfStaysAsTheServerWroteIt() {
    open("/lists.html");
    browser.awaitText("#c", "0");
    browser.settle();
    assertEquals("Tin do máy chủ ghi", browser.text("#top > li"));
  }

  private String path(String call) {
    return site.path(call);
  }
}

package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages made for other counters: only the script's address has changed. */
@QuarkusTest
class CompatibilityTest extends WidgetTest {

  private Object display(String id) {
    return browser.run("return document.getElementById(arguments[0]).style.display", id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"new", "old"})
  void bothGenerationsOfBusuanziAreServed(String generation) {
    site.withViews(99, 40).withPageViews("/busuanzi-" + generation + ".html", 11);
    open("/busuanzi-" + generation + ".html");
    browser.awaitText("#busuanzi_container_site_pv", "Tổng lượt xem: 100");
    browser.awaitText("#busuanzi_container_site_uv", "Lượt khách: 41");
    browser.awaitText("#busuanzi_container_page_pv", "Lượt xem trang: 12");
    assertEquals("inline", display("busuanzi_container_site_pv"));
    assertEquals("inline", display("busuanzi_container_site_uv"));
    assertEquals("inline", display("busuanzi_container_page_pv"));
    // Luot does not know a page's visitors, and what is not known is not shown.
    assertEquals("none", display("busuanzi_container_page_uv"));
    assertEquals(1, browser.requests("/v1/").size());
    assertSilent();
  }

  @Test
  void theFormOfNukeVietGoesOnWorking() {
    site.withVotes("/nukeviet.html", 5, 6).withVotes("/nukeviet.html", 4, 6);
    open("/nukeviet.html");
    browser.awaitText("#stringrating", "Tổng số điểm của bài viết là: 54 trong 12 đánh giá");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> browser.run("return typeof sendrating"), "function"::equals);
    // As its own star script calls it.
    browser.run("sendrating(17, 3, 'checkss')");
    browser.awaitText("#stringrating", "Tổng số điểm của bài viết là: 57 trong 13 đánh giá");
    browser.awaitText(".average", "Xếp hạng: 4.4 - 13 phiếu bầu");
    browser.run("document.querySelector('.hover-star[value=\"5\"]').click()");
    browser.awaitText("#stringrating", "Tổng số điểm của bài viết là: 59 trong 13 đánh giá");
    assertSilent();
  }

  @Test
  void aCmsThatKeepsItsOwnVotesKeepsThem() {
    open("/nukeviet-own.html");
    browser.awaitText("[data-luot=page-views]", "1");
    browser.run("document.querySelector('.hover-star').click(); sendrating(1, 4)");
    browser.settle();
    assertEquals(4L, browser.run("return window.ownVote"));
    assertEquals(
        "Tổng số điểm của bài viết là: 54 trong 12 đánh giá", browser.text("#stringrating"));
    assertEquals(0, browser.requests("/rating").size());
  }
}

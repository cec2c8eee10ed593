package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The five portals that Luot exists for: their texts, byte for byte, in their own markup. */
@Tag("packaged")
@QuarkusTest
class SeedPagesTest extends WidgetTest {

  @Test
  void thaiBinhIsCountedInSilence() {
    site.awaitKnown();
    open("/thai-binh.html");
    site.awaitViews(1);
    assertEquals(
        site.request().get(portal.origin() + "/thai-binh.html").asString().replaceAll("\\s+", ""),
        ("<!doctype html>" + browser.run("return document.documentElement.outerHTML"))
            .replace(" async=\"\"", " async")
            .replaceAll("\\s+", ""));
    assertEquals(1, browser.requests("/v1/").size());
    assertSilent();
  }

  @Test
  void bacNinhShowsViewsOnlineAndTotalInPlainDigits() throws IOException {
    site.withViews(2743754, 990111).withPageViews("/bac-ninh.html", 439).awaitKnown();
    Crowd.beat(site, 33);
    open("/bac-ninh.html");
    browser.awaitText(".views", "Số lượt xem 440");
    browser.awaitText(".thong-ke .title", "Thống kê truy cập");
    browser.awaitText(".thong-ke .online", "Đang online34");
    browser.awaitText(".thong-ke .total", "Tất cả2743755");
    assertEquals(1, browser.requests("/v1/").size());
    assertSilent();
  }

  @Test
  void hongLinhShowsDotsAndLeavesAnUnratedArticleEmpty() throws IOException {
    site.withViews(791934, 5).awaitKnown();
    Crowd.beat(site, 41);
    open("/hong-linh.html");
    browser.awaitText("footer .total", "Thống kê: 791.935");
    browser.awaitText("footer .online", "Online: 42");
    browser.awaitText(".rating .label", "Đánh giá:");
    browser.awaitText(".rating .result", "lượt đánh giá: , trung bình:");
    assertSilent();
  }

  @Test
  void hongLinhShowsVotesAndAverageOnceThereAreSome() {
    site.withVotes("/hong-linh.html", 5, 1).withVotes("/hong-linh.html", 4, 1);
    open("/hong-linh.html");
    browser.awaitText(".rating .result", "lượt đánh giá: 2, trung bình:4.5");
    browser.awaitRating();
    browser.clickStar(3);
    browser.awaitText(".rating .result", "lượt đánh giá: 3, trung bình:4");
    assertSilent();
  }

  @Test
  void nghiSonRatesThePortalAndShowsOnlineWithoutGrouping() throws IOException {
    site.withVotes("~portal", 4, 422).awaitKnown();
    Crowd.beat(site, 4560);
    open("/nghi-son.html");
    browser.awaitText(".online", "4561 người đang online");
    browser.awaitText(".votes", "422 người đã bình chọn");
    browser.awaitText(".question", "Đánh giá của bạn về cổng thông tin điện tử");
    browser.awaitRating();
    browser.clickStar(5);
    browser.awaitText(".votes", "423 người đã bình chọn");
    assertSilent();
  }

  @Test
  void thaiNguyenRatesInItsOwnForm() {
    open("/thai-nguyen.html");
    browser.awaitText("#stringrating", "Tổng số điểm của bài viết là: 0 trong 0 đánh giá");
    browser.awaitText("#hover-test", "Click để đánh giá bài viết");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> browser.run("return typeof sendrating"), "function"::equals);
    browser.run("document.querySelector('.hover-star[value=\"4\"]').click()");
    browser.awaitText("#stringrating", "Tổng số điểm của bài viết là: 4 trong 1 đánh giá");
    browser.awaitText("#hover-test", "Click để đánh giá bài viết");
    assertSilent();
  }
}

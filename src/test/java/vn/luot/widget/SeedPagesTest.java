package vn.luot.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The five portals that Luot exists for: their texts, byte for byte, in their own markup. */
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
  void nghiSonShowsOnlineWithoutGrouping() throws IOException {
    site.awaitKnown();
    Crowd.beat(site, 4560);
    open("/nghi-son.html");
    browser.awaitText(".online", "4561 người đang online");
  }
}

package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the console says where a number is missing. */
@QuarkusTest
class WhyTest extends WidgetTest {

  private void assertSaid(String page, String reason) {
    show("/why", page + "<b id=s data-luot=views-total>440</b>");
    await(reason).until(() -> browser.said(reason).size() == 1);
    browser.awaitText("#s", "440");
  }

  @Test
  void everyReasonIsSaidInThePagesLanguage() {
    var tag = KindsTest.TAG;
    assertSaid(tag.replace("data-site='@site@'", ""), "chưa có data-site");
    assertSaid(tag.replace("@site@", "khong-co"), "chưa có trang nào tên");
    portal.breakService(HttpExchange::close);
    assertSaid(tag, "không gọi được " + portal.origin() + "/broken/");
    portal.luot = Portal.service();
    portal.site = PortalSite.register(postgres, "https://other.example").awaitKnown().slug();
    assertSaid(tag, portal.origin() + " chưa được đăng ký");
    assertSaid("<html lang=en>" + tag, portal.origin() + " is not registered");
  }

  @Test
  void theTagOfASecondSiteIsNamed() {
    show(
        "/two",
        KindsTest.TAG.replace("async ", "")
            + KindsTest.TAG.replace("@site@", "hai")
            + "<luot-number name=views-total>?</luot-number><b id=s data-luot=views-total></b>");
    browser.awaitText("#s", "1");
    await().until(() -> browser.said("thẻ kia").size() == 1);
  }

  @Test
  void aMisspeltSlotKeepsThePagesTextAndTheConsoleSaysWhy() {
    site.withViews(439, 1);
    show(
        "/n",
        KindsTest.TAG
            + "<b id=a data-luot=views_total>0</b><b id=b data-luot=' Views-Total '>0</b><b id=c"
            + " data-luot='“viewsTotal”'>0</b><b id=d data-luot-template='{Views total}"
            + " lượt'>0</b><b id=e data-luot=view-totl>0</b><b id=f data-luot=''>0</b><b id=g"
            + " data-luot-template='{weather}'>0</b><b id=h data-luot-template='không có ô'>0</b><b"
            + " id=i data-luot=views-total data-luot-format=roman></b>");
    for (var slot : List.of("#a", "#b", "#c", "#i")) {
      browser.awaitText(slot, "440");
    }
    browser.awaitText("#d", "440 lượt");
    assertEquals(
        "0000",
        browser.run(
            "return ['e','f','g','h'].map(i => document.getElementById(i).textContent).join('')"));
    await().until(() -> browser.said("view-totl").size() == 1);
    assertTrue(browser.said("view-totl").isEmpty(), "asked for twice, said once");
  }
}

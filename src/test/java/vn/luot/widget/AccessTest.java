package vn.luot.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is kept out, and nothing moves under a reader's eyes. */
@QuarkusTest
class AccessTest extends WidgetTest {

  private static final List<String> WCAG_2_2_AA =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private void openDemo(String path) {
    site = PortalSite.register(postgres, "demo", Portal.service());
    site.awaitKnown();
    browser.open(Portal.service() + path);
  }

  private void assertAccessible() {
    var axe = new AxeBuilder().withTags(WCAG_2_2_AA).analyze(browser.driver);
    assertEquals(List.of(), axe.getViolations().stream().map(AccessTest::say).toList());
  }

  private static String say(Rule rule) {
    return rule.getId() + " " + rule.getNodes().stream().map(node -> node.getHtml()).toList();
  }

  /** The score of https://web.dev/cls of what the page has been through. */
  private void assertStill() {
    var shift =
        (Number)
            browser.run(
                "return new Promise(done => new PerformanceObserver(list => done(list.getEntries()"
                    + ".reduce((sum, e) => sum + (e.hadRecentInput ? 0 : e.value), 0)))"
                    + ".observe({type: 'layout-shift', buffered: true}) ||"
                    + " setTimeout(() => done(0), 300))");
    assertTrue(shift.doubleValue() < 0.02, "layout shift " + shift);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/tin-tuc/gao-nep.html", "/nhung.html", "/embed.html"})
  void axeFindsNothingOnOurOwnPages(String path) {
    openDemo(path);
    browser.awaitRating();
    browser.settle();
    assertAccessible();
    assertSilent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rating.html", "/rating-rtl.html"})
  void axeFindsNothingInTheControl(String page) {
    open(page);
    browser.awaitRating();
    browser.clickStar(4);
    browser.settle();
    assertAccessible();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/tin-tuc/cho-phien.html"})
  void nothingMovesWhenTheNumbersCome(String path) {
    openDemo(path);
    browser.awaitRating();
    browser.settle();
    assertStill();
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 640})
  void aZoomedPageNeedsNoScrollingSideways(int width) {
    // 1280 px at 400 % and at 200 %: WCAG 2.2, 1.4.10.
    browser.driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 800, "deviceScaleFactor", 2, "mobile", false));
    try {
      for (var path : List.of("/", "/tin-tuc/mot-cua.html", "/nhung.html")) {
        openDemo(path);
        browser.awaitRating();
        var wide = (Long) browser.run("return document.documentElement.scrollWidth");
        assertTrue(wide <= width, path + " is " + wide + " wide");
      }
    } finally {
      browser.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }

  @Test
  void snippetsFollowTheSiteAnOwnerNames() {
    openDemo("/nhung.html");
    // An owner's own name and password never get into what is copied.
    browser.open(Portal.service().replace("//", "//name:password@") + "/nhung.html");
    browser.awaitRating();
    browser.run(
        "const site = document.getElementById('site'); site.value = 'bacninh';"
            + "site.dispatchEvent(new Event('input'))");
    browser.awaitText(
        "[data-snippet]",
        "<script async src=\"" + Portal.service() + "/widget.js\" data-site=\"bacninh\"></script>");
    var check =
        "document.getElementById('site').value = arguments[0]; const address ="
            + " document.getElementById('address'); address.value = arguments[1];"
            + " address.form.requestSubmit()";
    browser.run(check, "demo", Portal.service() + "/tin");
    browser.awaitText(
        "#verdict", "đã đăng ký: trang “demo” nhận lượt từ " + Portal.service() + ".");
    browser.run(check, "demo", "https://other.example/");
    browser.awaitText(
        "#verdict", text -> text.startsWith("chưa: thêm https://other.example vào trang “demo”"));
    browser.run(
        "const number = document.getElementById('number'); number.value = 'views-total';"
            + "number.dispatchEvent(new Event('input'))");
    browser.awaitText("#built", "<b data-luot=\"views-total\">–</b>");
    browser.awaitText("#stage b", text -> text.matches("[0-9]+"));
  }
}

package vn.luot.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.standalone.Postgres;

/** The demo portal as a visitor sees it: its numbers are counted, not painted. */
@Tag("packaged")
@QuarkusTest
class DemoPortalTest {

  private static final String STATISTICS = "[aria-labelledby=thong-ke] ";
  private static final String ARTICLE = "/tin-tuc/gao-nep.html";

  Postgres postgres;
  private Browser browser;

  @BeforeEach
  void openBrowser() {
    browser = Browser.start();
    PortalSite.register(postgres, "demo", "http://localhost:" + RestAssured.port).awaitKnown();
  }

  @AfterEach
  void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  private static String at(String path) {
    return "http://localhost:" + RestAssured.port + path;
  }

  @Test
  void readingTheFrontPageTwiceMovesItsNumbers() {
    browser.open(at("/"));
    var total = browser.awaitNumber(STATISTICS + "[data-luot=views-total]");
    browser.become("Firefox");
    browser.open(at("/"));
    browser.awaitText(
        STATISTICS + "[data-luot=views-total]", text -> text.equals(String.valueOf(total + 1)));
    assertTrue(browser.awaitNumber(STATISTICS + "[data-luot=online]") >= 2);
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void readingAnArticleMovesItsOwnViews() {
    browser.open(at(ARTICLE));
    var views = browser.awaitNumber("[data-luot=page-views]");
    browser.become("Firefox");
    browser.open(at(ARTICLE));
    browser.awaitText("[data-luot=page-views]", text -> text.equals(String.valueOf(views + 1)));
  }

  @Test
  void anArticleThatWasReadIsAmongTheMostRead() {
    browser.open(at(ARTICLE));
    browser.awaitText(".ranked li a[href$='" + ARTICLE + "']", text -> text.startsWith("Gạo nếp"));
  }
}

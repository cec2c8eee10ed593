package vn.luot.widget;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import vn.luot.admin.OperatorKey;

/** The script under another name, and the service below a path of a shared host. */
@QuarkusTest
@TestProfile(AddressTest.Renamed.class)
class AddressTest extends WidgetTest {

  /** As an owner would set it whose visitors block well-known names. */
  public static final class Renamed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("luot.widget.script", "dem.js", "luot.widget.base-path", "/thong-ke");
    }
  }

  @Test
  void aPageCountsBelowTheBasePath() {
    portal.luot = Portal.service() + "/thong-ke";
    open("/rating.html");
    site.awaitViews(1);
    browser.awaitRating();
    assertSilent();
  }

  @Test
  void theScriptAnswersToItsOtherName() {
    var script = given().get("/thong-ke/dem.js").then().statusCode(200).extract().asString();
    given().get("/widget.js").then().statusCode(200).body(equalTo(script));
    given().get("/thong-ke/dem.js?v=1").then().statusCode(200);
    given().get("/thong-kex/dem.js").then().statusCode(404);
    given().get("/thong-ke".repeat(1800) + "/dem.js").then().statusCode(404);
    given()
        .redirects()
        .follow(false)
        .get("/thong-ke")
        .then()
        .statusCode(302)
        .header("Location", "/thong-ke/");
  }

  @Test
  void ownersReadTheirNumbersBelowTheBasePath() {
    site.awaitKnown();
    browser.open(Portal.service() + "/thong-ke/admin");
    browser.awaitText("#entry [type=submit]", text -> !text.isEmpty());
    browser.driver.findElement(By.id("key")).sendKeys(OperatorKey.make(site.slug(), "reader"));
    browser.press(Keys.ENTER);
    browser.awaitText("#site-name", "Portal");
    browser.awaitText("[data-number=viewsTotal]", "0");
    assertTrue(browser.driver.getCurrentUrl().contains("/thong-ke/admin/#site=" + site.slug()));
    assertSilent();
  }

  @Test
  void callsKeepTheirQueryBelowTheBasePath() {
    site.withPageViews("/a b", 7).awaitKnown();
    site.request()
        .urlEncodingEnabled(false)
        .get("/thong-ke" + site.path("pages?path=/a%20b&path=/c"))
        .then()
        .statusCode(200)
        .body("pages.path", equalTo(java.util.List.of("/a b", "/c")))
        .body("pages.views", equalTo(java.util.List.of(7, 0)));
  }
}

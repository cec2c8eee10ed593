package vn.luot.page;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;

/** Who gets to see the numbers, and for how long. */
@Tag("packaged")
@QuarkusTest
class EntryTest extends OwnersPage {
  private static final String REFUSED = "Khoá không đúng, đã hết hạn hoặc đã bị thu hồi.";

  private String kept() {
    return (String)
        owner.browser.run(
            "return JSON.stringify([sessionStorage, localStorage]) + location.href"
                + " + document.cookie");
  }

  @Test
  void aWrongKeyIsRefusedAndNotKept() {
    owner.logIn("luot_wrong");
    owner.awaitText("#entry-problem", REFUSED);
    assertFalse(kept().contains("luot_wrong"));
    owner.logIn("khoá sai");
    owner.awaitText("#entry-problem", REFUSED);
    assertFalse(owner.shown("#board"));
    owner.browser.complaints();
    owner.enter(key);
    assertSilent();
  }

  @Test
  void aReloadStaysLoggedInAndLoggingOutLeavesNothing() {
    owner.enter(key);
    owner.browser.driver.navigate().refresh();
    owner.awaitBoard();
    assertFalse(owner.browser.driver.getCurrentUrl().contains(key));
    owner.click("#leave");
    owner.awaitShown("#entry");
    assertFalse(kept().contains(key));
    assertFalse(owner.shown("#board"));
    assertEquals("", owner.browser.text("#pages .body"));
    owner.browser.driver.navigate().refresh();
    owner.awaitShown("#entry");
    assertSilent();
  }

  @Test
  void aKeyThatIsRevokedMeanwhileLeadsBackToTheEntry() {
    String revoked = OperatorKey.make(site.slug, "reader");
    owner.enter(revoked);
    String keys = "/admin/v1/sites/" + site.slug + "/keys";
    int id = asOperator().get(keys).then().extract().path("keys.id.max()");
    asOperator().delete(keys + "/" + id).then().statusCode(204);
    await().atMost(Duration.ofSeconds(60)).until(() -> owner.shown("#entry"));
    owner.awaitText("#entry-problem", REFUSED);
    assertFalse(kept().contains(revoked));
    owner.browser.complaints();
  }

  @Test
  void aSiteIsChosenAndRememberedInTheAddress() {
    TestSite another = TestSite.create(postgres);
    another.hit("/only").statusCode(200);
    owner.enter(OperatorKey.KEY);
    owner.click("#site option[value=" + site.slug + "]");
    owner.awaitText("[data-number=viewsTotal]", OwnedSite.TOTAL);
    owner.click("#site option[value=" + another.slug + "]");
    owner.awaitText("[data-number=viewsTotal]", "1");
    owner.awaitPages(pages -> pages.equals(List.of("/only")));
    assertTrue(owner.browser.driver.getCurrentUrl().endsWith("/admin/#site=" + another.slug));
    owner.browser.driver.navigate().refresh();
    owner.awaitBoard();
    assertEquals(another.slug, owner.find("#site").getDomProperty("value"));
    assertSilent();
  }

  @Test
  void aSiteOutOfReachIsNotShown() {
    owner.browser.run("location.hash = 'site=demo'");
    owner.enter(key);
    assertEquals(site.slug, owner.find("#site").getDomProperty("value"));
    owner.awaitText("#said", text -> text.contains("“demo”"));
    assertSilent();
  }
}

package vn.luot.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.asOperator;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetSocketAddress;
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
    await().until(() -> owner.shown("#entry"));
    owner.awaitText("#entry-problem", REFUSED);
    assertFalse(kept().contains(revoked));
    owner.browser.complaints();
  }

  private String link(String key) {
    return owner.address() + "?shared#key=" + key;
  }

  @Test
  void aLinkShowsTheNumbersWithoutBeingKeptInTheAddressUntilItIsRevoked() {
    String viewer = OperatorKey.make(site.slug, "viewer");
    owner.browser.open(link(viewer));
    owner.awaitText("[data-number=viewsTotal]", OwnedSite.TOTAL);
    owner.awaitPages(pages -> !pages.isEmpty());
    String told = "return location.href + document.title + document.referrer + history.state";
    assertFalse(((String) owner.browser.run(told)).contains(viewer));
    assertTrue(owner.shown("#shared"));
    assertEquals(2, owner.count("[data-view]"), "numbers and report");
    for (String owners : List.of("#entry", "#leave", "#status", "[data-export]", "#links")) {
      assertFalse(owner.shown(owners), owners);
    }
    owner.browser.driver.navigate().refresh();
    owner.awaitText("[data-number=viewsTotal]", OwnedSite.TOTAL);
    assertSilent();
    site.database.execute(
        "UPDATE api_key SET revoked_at = now() WHERE role = 'viewer' AND site_id = " + site.id);
    owner.awaitShown("#no-link");
    assertFalse(owner.shown("#board") || owner.shown("#entry"));
    assertFalse(kept().contains(viewer));
    owner.browser.complaints();
  }

  @Test
  void aLinkAndAnOwnersKeyInOneTabDoNotMeet() {
    owner.enter(key);
    owner.browser.open(owner.address() + "?shared");
    owner.awaitShown("#no-link");
    TestSite another = TestSite.create(postgres);
    owner.browser.open(link(OperatorKey.make(another.slug, "viewer")));
    owner.awaitShown("#board");
    assertEquals(another.slug, owner.find("#site").getDomProperty("value"));
    owner.browser.open(owner.address());
    owner.awaitBoard();
    assertEquals(site.slug, owner.find("#site").getDomProperty("value"));
    assertSilent();
  }

  @Test
  void onlyPagesThatMayShowALinkInAFrame() throws IOException {
    String viewer = OperatorKey.make(site.slug, "viewer");
    HttpServer portal = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    byte[] page = ("<!doctype html><iframe src='" + link(viewer) + "'></iframe>").getBytes(UTF_8);
    portal.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    portal.start();
    try {
      owner.browser.open("http://localhost:" + portal.getAddress().getPort() + "/");
      owner.browser.driver.switchTo().frame(0);
      // In a frame nothing is known of the language chosen elsewhere.
      owner.awaitText(
          "[data-number=viewsTotal]", text -> text.replace(',', '.').equals(OwnedSite.TOTAL));
      owner.browser.open("http://127.0.0.1:" + portal.getAddress().getPort() + "/");
      owner.browser.driver.switchTo().frame(0);
      assertEquals(0, owner.count("#board"));
      await()
          .until(
              () ->
                  owner.browser.complaints().stream()
                      .anyMatch(line -> line.contains("frame-ancestors")));
    } finally {
      owner.browser.driver.switchTo().defaultContent();
      portal.stop(0);
    }
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

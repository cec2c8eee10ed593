package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ways in which real pages carry the tag. */
@QuarkusTest
class EmbeddingTest extends WidgetTest {

  @Test
  void twoTagsCountOnceEvenBesideAnElementOfTheSameName() {
    open("/two-tags.html");
    browser.awaitText("[data-luot]", "1");
    browser.settle();
    assertEquals(1, browser.requests("/hits").size());
    assertEquals("Một phần tử trùng tên", browser.text("#luot"));
    assertSilent();
  }

  /** Of these, browsers let a page make its own. */
  @Test
  void namesThatThePageGivesToItsOwnStandInNoWay() {
    show(
        "/ten",
        "<script>var self = {}, URL = '/', performance = 0, navigation = {}</script>"
            + "<link rel=canonical href='/ten?a=1'>"
            + KindsTest.TAG
            + "<b id=s data-luot=views-total></b><luot-rating></luot-rating>");
    browser.awaitText("#s", "1");
    browser.awaitRating();
    assertEquals("/ten?a=1", browser.run("return luot.inside.page"));
    browser.run("history.pushState({}, '', '/ten/2'); document.body.append('2')");
    site.awaitViews(2);
    browser.awaitText("#s", "2");
    assertSilent();
  }

  @Test
  void aStrictPolicyWithANonceIsEnough() {
    portal.policy =
        Optional.of(
            "default-src 'none'; script-src 'nonce-mot-lan'; connect-src " + Portal.service());
    open("/nonce.html");
    browser.awaitText("[data-luot=page-views]", "1");
    browser.awaitRating();
    assertSilent();
  }

  @Test
  void aStrictPolicyThatNamesTheServiceIsEnough() {
    var service = Portal.service();
    portal.policy =
        Optional.of("default-src 'none'; script-src " + service + "; connect-src " + service);
    open("/rating.html");
    browser.awaitRating();
    assertSilent();
  }

  @Test
  void aModuleFindsItsOwnTagAmongOthersOfAlikeNames() {
    portal.written.put("/chat-widget.js", "");
    show(
        "/module",
        "<script src=/chat-widget.js></script><b id=s data-luot=views-total>?</b>"
            + KindsTest.TAG.replace("async", "type=module"));
    browser.awaitText("#s", "1");
    assertSilent();
  }

  @Test
  void aPinnedScriptPinsItsParts() {
    portal.integrity = ScriptTest.integrity();
    open("/pinned.html");
    browser.awaitText("[data-luot=page-views]", "1");
    browser.awaitRating();
    var part = "document.querySelector('script[src*=luot-rating]').integrity";
    assertTrue(((String) browser.run("return " + part)).startsWith("sha256-"));
    assertSilent();
  }

  @Test
  void aPinThatDoesNotMatchLeavesThePageAlone() {
    portal.integrity = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    open("/pinned.html");
    browser.settle();
    assertEquals("?", browser.text("[data-luot=page-views]"));
    assertEquals(0, site.views());
  }

  @Test
  void aPageSavedToDiskIsNotCounted() throws IOException {
    site.awaitKnown();
    var page = site.request().get(portal.origin() + "/bac-ninh.html").asString();
    var file = Files.writeString(Files.createTempFile("luot", ".html"), page);
    browser.open(file.toUri().toString());
    browser.settle();
    assertEquals("439", browser.text("[data-luot=page-views]"));
    assertEquals(0, browser.requests("/v1/").size());
    await().until(() -> browser.said("trang mở từ ổ đĩa").size() == 1);
    Files.delete(Path.of(file.toUri()));
  }

  /**
   * Browsers of 2017 send no cookies unless told to, and no browser calls an address with a name.
   */
  @Test
  void aServiceBehindTheGateOfItsPortalIsReached() {
    portal.breakService(
        exchange -> {
          var passed = "gate=1".equals(exchange.getRequestHeaders().getFirst("Cookie"));
          var answer = "{\"views\":{\"total\":7}}".getBytes(StandardCharsets.UTF_8);
          Portal.send(exchange, passed ? 200 : 401, "application/json", answer);
        });
    var old =
        browser.before(
            "const call = fetch; window.fetch = (url, how) =>"
                + " call(url, Object.assign({credentials: 'omit'}, how));");
    portal.written.put(
        "/gate",
        "<script>document.cookie = 'gate=1'</script><script src=broken/widget.js data-site=a></script>"
            + "<b id=s data-luot=views-total>?</b>");
    browser.open(portal.origin().replace("//", "//name:password@") + "/gate");
    browser.forget(old);
    browser.awaitText("#s", "7");
    browser.driver.manage().deleteAllCookies();
  }

  @Test
  void aServiceWorkerThatKeepsEverythingHoldsNoNumberBack() {
    portal.written.put(
        "/sw.js",
        "addEventListener('fetch', e => e.respondWith(caches.open('kept').then(async kept =>"
            + " await kept.match(e.request) || fetch(e.request).then(answer => {"
            + " kept.put(e.request, answer.clone()).catch(() => {}); return answer; }))))");
    portal.written.put(
        "/kept",
        KindsTest.TAG
            + "<b id=s data-luot=views-total>?</b><b id=week data-luot=views-week>?</b>"
            + "<script>navigator.serviceWorker.register('/sw.js')</script>");
    site.awaitKnown();
    try {
      for (var view : new String[] {"1", "2", "3"}) {
        browser.open(portal.origin() + "/kept");
        browser.awaitText("#s", view);
        browser.awaitText("#week", view);
        browser.run(
            "document.body.insertAdjacentHTML('beforeend', '<i id=late data-luot=visits-today></i>')");
        browser.awaitText("#late", "1");
        browser.awaitText("#s", view);
        browser.driver.executeAsyncScript("navigator.serviceWorker.ready.then(arguments[0])");
      }
      assertEquals(true, browser.run("return !!navigator.serviceWorker.controller"));
    } finally {
      browser.driver.executeAsyncScript(
          "navigator.serviceWorker.getRegistrations().then(all =>"
              + " Promise.all(all.map(one => one.unregister()))).then(arguments[0])");
    }
  }

  @Test
  void slotsAddedLaterAreFilled() {
    open("/thai-binh.html");
    site.awaitViews(1);
    browser.run(
        "const slot = document.createElement('b'); slot.dataset.luot = 'views-week';"
            + " slot.id = 'late'; document.body.append(slot);");
    browser.awaitText("#late", "1");
    browser.run(
        "document.body.insertAdjacentHTML('beforeend',"
            + " '<p><i id=later data-luot=views-total>0</i></p><div data-luot=rating></div>')");
    browser.awaitText("#later", "1");
    browser.awaitRating();
    assertEquals(1, browser.requests("/hits").size());
  }

  @Test
  void nothingIsLeftBehindInThePage() {
    open("/thai-binh.html");
    site.awaitViews(1);
    assertEquals("", browser.run("return document.cookie"));
    assertEquals(0L, browser.run("return localStorage.length"));
    assertEquals(
        "luot",
        browser.run(
            "const frame = document.body.appendChild(document.createElement('iframe'));"
                + " const own = Object.keys(window).filter(k => !(k in frame.contentWindow));"
                // The driver's own, and the frame itself.
                + " frame.remove(); return own.filter(k => k != 'ret_nodes' && k != '0').join()"));
  }
}

package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The floor: Chrome 61, Safari 11, Firefox 63. What is newer is taken away. */
@QuarkusTest
class OldBrowserTest extends WidgetTest {

  /** Later than the floor, by caniuse.com. The style of a fallback drops what it does not know. */
  private static final String TAKEN_AWAY =
      """
      const without = (object, ...names) => names.forEach(name => delete object[name]);
      without(Element.prototype, 'replaceChildren', 'toggleAttribute');
      without(Document.prototype, 'replaceChildren');
      without(Array.prototype, 'flat', 'flatMap', 'at', 'findLast');
      without(String.prototype, 'replaceAll', 'matchAll', 'at', 'trimEnd', 'trimStart');
      without(Object, 'fromEntries', 'hasOwn');
      without(Promise, 'allSettled', 'any');
      without(Promise.prototype, 'finally');
      without(Crypto.prototype, 'randomUUID');
      without(AbortSignal, 'timeout');
      without(CSSStyleSheet.prototype, 'replaceSync', 'replace');
      without(window, 'queueMicrotask', 'structuredClone', 'navigation', 'trustedTypes',
        'IntersectionObserver', 'ResizeObserver', 'BigInt', 'WeakRef', 'requestIdleCallback');
      const {set} = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent');
      Object.defineProperty(HTMLStyleElement.prototype, 'textContent', {set(css) {
        set.call(this, css.replace(/content:"[^"]*"\\/"";?/g, '').replace(/[^{}]*:has[^}]*}/g, '')
          .replace(/(inset|margin-inline|aspect-ratio|gap):[^;}]*/g, ''));
      }});""";

  @Test
  void everythingWorksOnTheFloor() {
    site.withViews(439, 1).withVotes("/old", 4, 2);
    var old = browser.before(TAKEN_AWAY);
    portal.written.put(
        "/old",
        "<!doctype html><meta charset=utf-8><title>Cũ</title>"
            + KindsTest.TAG
            + "<b id=s data-luot=views-total>?</b><luot-rating></luot-rating>"
            + "<div data-luot=portal-rating></div><luot-number name=online>?</luot-number>");
    open("/old");
    browser.forget(old);
    browser.awaitText("#s", "440");
    browser.awaitPart("summary", "Xếp hạng: 4 - 2 phiếu bầu");
    await()
        .until(
            () ->
                browser.run("return document.querySelector('luot-number').shadowRoot?.textContent"),
            "1"::equals);
    for (var star : new String[] {"0 ★", "4 ☆"}) {
      assertEquals(
          '"' + star.substring(2) + '"',
          browser.run(
              "return getComputedStyle(document.querySelector('luot-rating').shadowRoot"
                  + ".querySelectorAll('label')[arguments[0]], '::before').content",
              Integer.valueOf(star.substring(0, 1))));
    }
    // The driver's own way to click needs some of what was taken away.
    browser.run(
        "document.querySelector('luot-rating').shadowRoot.querySelectorAll('label')[4].click()");
    browser.awaitPart("mine", "Bạn đã chấm 5 sao.");
    assertSilent();
  }

  /** ES2017 knows none of these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/widget.js",
        "/luot-lists.js",
        "/luot-downloads.js",
        "/luot-more.js",
        "/luot-rating.js",
        "/luot-nukeviet.js",
        "/luot-why.js"
      })
  void scriptsAreWrittenInES2017(String path) {
    var script = RestAssured.get(path).asString();
    for (var newer :
        new String[] {
          "\\?\\.[a-zA-Z(\\[]",
          "\\?\\?",
          "catch\\{",
          "\\{\\.\\.\\.",
          ",\\.\\.\\.[a-z]+\\}",
          "#[a-z]+\\(",
          "\\d_\\d"
        }) {
      assertTrue(!Pattern.compile(newer).matcher(script).find(), newer);
    }
  }
}

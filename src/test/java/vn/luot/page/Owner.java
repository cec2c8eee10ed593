package vn.luot.page;

import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import vn.luot.widget.Browser;

/** Somebody with a key who reads the page at /admin/, in Vietnamese. */
final class Owner implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Browser browser = Browser.start();

  Owner() {
    // Firefox 118 and older reflect no attribute of ARIA in a property.
    browser.before(
        "for (const name in Element.prototype) if (/^aria[A-Z]/.test(name)) delete Element.prototype[name]");
  }

  String address() {
    return "http://127.0.0.1:" + RestAssured.port + "/admin/";
  }

  /** The page as on a first visit. */
  void arrive() {
    browser.open("http://127.0.0.1:" + RestAssured.port + "/v1/version");
    browser.run("localStorage.setItem('luot.language', 'vi'); sessionStorage.clear()");
    browser.open(address());
    await().atMost(PATIENCE).until(() -> shown("#entry"));
    browser.complaints();
  }

  void logIn(String key) {
    WebElement field = find("#key");
    field.clear();
    field.sendKeys(key);
    click("#entry [type=submit]");
  }

  /** Logged in, and everything has been read. */
  void enter(String key) {
    logIn(key);
    awaitBoard();
  }

  void awaitBoard() {
    await("board").atMost(PATIENCE).until(() -> shown("#board"));
    await("cards").atMost(PATIENCE).until(() -> loaded());
  }

  private boolean loaded() {
    return (Boolean)
        browser.run(
            "return [...document.querySelectorAll('#board .card')].every(card =>"
                + " card.getAttribute('aria-busy') == 'false' && card.querySelector('.body').childElementCount)");
  }

  WebElement find(String selector) {
    return browser.driver.findElement(By.cssSelector(selector));
  }

  int count(String selector) {
    return browser.driver.findElements(By.cssSelector(selector)).size();
  }

  /** A button that is still at work on its last click takes no other one. */
  void click(String selector) {
    await(selector).atMost(PATIENCE).until(() -> find(selector).isEnabled());
    find(selector).click();
  }

  /** Chooses from a list. */
  void pick(String selector, String value) {
    click(selector + " option[value='" + value + "']");
  }

  boolean shown(String selector) {
    return find(selector).isDisplayed();
  }

  void awaitShown(String selector) {
    await(selector).atMost(PATIENCE).ignoreExceptions().until(() -> shown(selector));
  }

  void awaitGone(String selector) {
    await(selector)
        .atMost(PATIENCE)
        .until(() -> browser.driver.findElements(By.cssSelector(selector)).isEmpty());
  }

  void awaitText(String selector, String text) {
    browser.awaitText(selector, text);
  }

  void awaitText(String selector, Predicate<String> expected) {
    browser.awaitText(selector, expected);
  }

  /** The names in the table of pages, in order. */
  @SuppressWarnings("unchecked")
  List<String> pages() {
    return (List<String>)
        browser.run(
            "return [...document.querySelectorAll('#pages tbody th small')].map(e => e.textContent)");
  }

  void awaitPages(Predicate<List<String>> expected) {
    await("pages").atMost(PATIENCE).until(this::pages, expected);
  }

  void prefer(String scheme) {
    browser.driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** In that time zone; the machine's own where it is empty. */
  void inZone(String zone) {
    browser.driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
  }

  @Override
  public void close() {
    browser.close();
  }
}

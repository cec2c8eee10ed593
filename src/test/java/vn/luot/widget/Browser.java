package vn.luot.widget;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** One visitor's browser, spoken to in the words of the tests. */
public final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public final ChromeDriver driver;

  Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  public static Browser start(String... flags) {
    return new Browser(Chromium.start(flags));
  }

  public void open(String url) {
    driver.get(url);
  }

  /** The exact text of the first such element, hidden or not, spaces included. */
  public String text(String selector) {
    return (String) run("return document.querySelector(arguments[0])?.textContent", selector);
  }

  long number(String selector) {
    return Long.parseLong(text(selector).replace(".", "").strip());
  }

  public String awaitText(String selector, Predicate<String> expected) {
    return await("text of " + selector)
        .atMost(PATIENCE)
        .until(() -> text(selector), text -> text != null && expected.test(text));
  }

  public void awaitText(String selector, String expected) {
    awaitText(selector, expected::equals);
  }

  long awaitNumber(String selector) {
    awaitText(selector, text -> text.matches("[0-9.]+"));
    return number(selector);
  }

  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Runs in every page of this browser before the page's own scripts. */
  public Object before(String script) {
    return driver
        .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
        .get("identifier");
  }

  /** Takes back what {@link #before} has set up. */
  public void forget(Object before) {
    driver.executeCdpCommand(
        "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", before));
  }

  /** Another visitor: a visitor is told by address and kind of browser, as no cookie is kept. */
  public void become(String kind) {
    driver.executeCdpCommand(
        "Network.setUserAgentOverride",
        Map.of("userAgent", "Mozilla/5.0 (X11) " + kind + "/140.0"));
  }

  /** The addresses this page has asked for that contain a text, in order. */
  @SuppressWarnings("unchecked")
  public List<String> requests(String part) {
    return (List<String>)
        run(
            "return performance.getEntriesByType('resource').map(e => e.name)"
                + ".filter(name => name.includes(arguments[0]))",
            part);
  }

  /** Milliseconds between such requests. */
  @SuppressWarnings("unchecked")
  List<Long> gaps(String part) {
    return (List<Long>)
        run(
            "return performance.getEntriesByType('resource')"
                + ".filter(e => e.name.includes(arguments[0])).map(e => e.startTime)"
                + ".map((at, i, all) => Math.round(at - all[i - 1])).slice(1)",
            part);
  }

  /** Whether the last such request is so many milliseconds ago. */
  boolean quietFor(String part, long millis) {
    return (Boolean)
        run(
            "return performance.now() - performance.getEntriesByType('resource')"
                + ".filter(e => e.name.includes(arguments[0])).at(-1).startTime > arguments[1]",
            part,
            millis);
  }

  /** Lets the page come to rest: longer than anything it puts off. */
  public void settle() {
    pass("0.5");
  }

  /** The page's own clock, not the test's: seconds of it. */
  void pass(String seconds) {
    driver.executeAsyncScript("setTimeout(arguments[1], arguments[0] * 1000)", seconds);
  }

  /** The rating control, once its part has come. */
  void awaitRating() {
    await("rating control")
        .atMost(PATIENCE)
        .until(
            () -> run("return !!document.querySelector('luot-rating')?.shadowRoot"),
            Boolean.TRUE::equals);
  }

  /** The exact text of a part of the rating control. */
  String part(String name) {
    return (String)
        run(
            "return document.querySelector('luot-rating').shadowRoot"
                + ".querySelector('[part=' + arguments[0] + ']').textContent",
            name);
  }

  void awaitPart(String name, String expected) {
    await("part " + name).atMost(PATIENCE).until(() -> part(name), expected::equals);
  }

  /** Presses keys wherever the focus is. */
  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Clicks the middle of a star as a mouse does. */
  void clickStar(int stars) {
    var star =
        (WebElement)
            run(
                "return document.querySelector('luot-rating').shadowRoot"
                    + ".querySelectorAll('[part=star]')[arguments[0] - 1]",
                stars);
    new Actions(driver).moveToElement(star).click().perform();
  }

  /** What the console has said since it was last asked, refusals of the network included. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .filter(line -> line.startsWith("SEVERE") || line.startsWith("WARNING"))
        .toList();
  }

  /** Lines of the console, of any kind, that contain a text and were not asked for before. */
  List<String> said(String text) {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(line -> line.contains(text))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}

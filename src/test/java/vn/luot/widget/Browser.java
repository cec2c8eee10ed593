package vn.luot.widget;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** One visitor's browser, spoken to in the words of the tests. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  final ChromeDriver driver;

  Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static Browser start(String... flags) {
    return new Browser(Chromium.start(flags));
  }

  void open(String url) {
    driver.get(url);
  }

  /** The exact text of the first such element, hidden or not, spaces included. */
  String text(String selector) {
    return (String) run("return document.querySelector(arguments[0])?.textContent", selector);
  }

  long number(String selector) {
    return Long.parseLong(text(selector).replace(".", "").strip());
  }

  String awaitText(String selector, Predicate<String> expected) {
    return await("text of " + selector)
        .atMost(PATIENCE)
        .until(() -> text(selector), text -> text != null && expected.test(text));
  }

  void awaitText(String selector, String expected) {
    awaitText(selector, expected::equals);
  }

  long awaitNumber(String selector) {
    awaitText(selector, text -> text.matches("[0-9.]+"));
    return number(selector);
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Runs in every page of this browser before the page's own scripts. */
  void before(String script) {
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  /** Another visitor: a visitor is told by address and user agent, as no cookie is kept. */
  void becomeAnother(String name) {
    var agent = (String) run("return navigator.userAgent");
    driver.executeCdpCommand(
        "Network.setUserAgentOverride", Map.of("userAgent", agent + " " + name + "/1.0"));
  }

  /** What the console has said since it was last asked, refusals of the network included. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .filter(line -> line.startsWith("SEVERE") || line.startsWith("WARNING"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}

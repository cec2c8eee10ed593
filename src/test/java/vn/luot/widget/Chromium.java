package vn.luot.widget;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Finds the machine's own Chromium and its driver; without them a test is skipped and says so. */
final class Chromium {

  /** A headless browser names itself as such, and such a name is a bot's. */
  private static final String READER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
          + " Safari/537.36";

  private static final String[] FLAGS = {
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,900"
  };

  /**
   * It warns about every browser newer than itself, which is every one; kept, or it is collected.
   */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  static {
    SELENIUM.setLevel(Level.SEVERE);
  }

  private Chromium() {}

  /** A browser with a fresh profile that pages take for a person's. */
  static ChromeDriver start(String... more) {
    return start(true, more);
  }

  /** A browser that admits to being automated. */
  static ChromeDriver startAutomated() {
    return start(false);
  }

  private static ChromeDriver start(boolean discreet, String... more) {
    var browser = find("chromium", "chromium-browser", "google-chrome");
    var driver = find("chromedriver");
    assumeTrue(browser.isPresent(), "skipped: no Chromium in PATH");
    assumeTrue(driver.isPresent(), "skipped: no chromedriver in PATH");
    var options = new ChromeOptions();
    options.setBinary(browser.get());
    options.addArguments(FLAGS);
    options.addArguments(more);
    if (discreet) {
      options.addArguments("--disable-blink-features=AutomationControlled");
      options.addArguments("--user-agent=" + READER);
    }
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    var service = new ChromeDriverService.Builder().usingDriverExecutable(driver.get());
    // Naming the driver keeps Selenium from looking for one on the internet.
    return new ChromeDriver(service.withEnvironment(Map.of("SE_OFFLINE", "true")).build(), options);
  }

  private static Optional<File> find(String... names) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(directory -> Stream.of(names).map(name -> new File(directory, name)))
        .filter(File::canExecute)
        .findFirst();
  }
}

package vn.luot.visitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.visitor.Agents.RobotList;

class RobotListTest {
  private static final Set<String> COUNTED = Set.of("http-library", "browser-automation");
  private static final Set<String> NONE = Set.of("none");
  private final RobotList list = new RobotList(COUNTED);

  @ParameterizedTest
  @CsvFileSource(resources = "robots.txt", delimiter = '~')
  void robotsAreToldByTheirNames(String agent) {
    assertTrue(list.names(agent));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "browsers.txt", delimiter = '~')
  void browsersAreNone(String agent) {
    assertFalse(new RobotList(NONE).names(agent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0 Safari/537.36",
        "curl/7.88.1",
        "Apache-HttpClient/4.5.14 (Java/17.0.15)",
      })
  void programsThatDoAsToldAreRobotsOnlyWhereTheOwnerSaysSo(String agent) {
    assertFalse(list.names(agent));
    assertTrue(new RobotList(NONE).names(agent));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "bo", "CUBOT", "Mozilla/5.0 (Linux; CUBOT X50)"})
  void whatIsNoSignIsNone(String agent) {
    assertFalse(list.names(agent));
  }

  @Test
  void aTelephonesNameHidesNoRobot() {
    assertTrue(list.names("Mozilla/5.0 (Linux; CUBOT X50; compatible; Googlebot/2.1)"));
    assertTrue(list.names("cubotbot"));
  }

  /** Against the plain way, to look for every sign in every name. */
  @Test
  void noSignIsMissedForTheSakeOfSpeed() {
    List<String> signs =
        RobotList.lines(RobotList.FILE).stream()
            .filter(line -> !line.startsWith("[") && !line.equals("cubot"))
            .toList();
    SplittableRandom random = new SplittableRandom(3);
    RobotList all = new RobotList(NONE);
    for (int i = 0; i < 20_000; i++) {
      String sign = signs.get(random.nextInt(signs.size()));
      String cut = sign.substring(random.nextInt(2)).toUpperCase(Locale.ROOT);
      String agent = "Mozilla/5.0 (" + cut + ") " + random.nextInt(99);
      boolean named = signs.stream().anyMatch(agent.toLowerCase(Locale.ROOT)::contains);
      assertEquals(named, all.names(agent), agent);
    }
  }

  @Test
  void everySignIsNeededAndCanBeFound() {
    Set<String> seen = new HashSet<>();
    for (String line : RobotList.lines(RobotList.FILE)) {
      assertEquals(line.toLowerCase(Locale.ROOT).strip(), line);
      assertTrue(line.length() >= 3 && seen.add(line), line + " is too short or listed twice");
      boolean general =
          !line.startsWith("[")
              && (line.contains("bot") || line.contains("crawl") || line.contains("spider"));
      assertTrue(!general || List.of("bot", "crawl", "spider", "cubot").contains(line), line);
    }
  }

  @Test
  void aNameMadeToBeSlowIsJudgedQuickly() {
    String hostile = "googleyandexgo" + "google-yandexvYandexi".repeat(24);
    // Of its own time: others may be at work on the machine.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < 2_000; i++) {
      assertFalse(list.names(hostile + i));
    }
    long micros = (threads.getCurrentThreadCpuTime() - begin) / 2_000_000;
    assertTrue(micros < 2_000, micros + " us");
  }
}

package vn.luot.visitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RobotListTest {
  private static final Set<String> COUNTED = Set.of("http-library", "browser-automation");
  private final RobotList list = new RobotList(COUNTED);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0;"
            + " +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
        "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)",
        "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
        "NobodyKnowsThisBot/0.1",
        "some-unknown-Crawler",
      })
  void robotsAreToldByTheirNames(String agent) {
    assertTrue(list.names(agent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"
            + " Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " coc_coc_browser/130.0.124 Chrome/124.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) Mobile/15E148 Zalo iOS/557 ZaloTheme/light ZaloLanguage/vn",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) Mobile/21E236"
            + " [FBAN/FBIOS;FBAV/460.0.0;FBDV/iPhone14,5;FBLC/vi_VN;FBOP/5]",
        "Mozilla/5.0 (Linux; Android 12; CUBOT X50) AppleWebKit/537.36 Chrome/120 Mobile",
        "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
        "Mozilla/5.0 (Windows NT 10.0; rv:126.0) Gecko/20100101 Firefox/126.0",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0 Safari/537.36",
        "curl/7.88.1",
        "Apache-HttpClient/4.5.14 (Java/17.0.15)",
        "",
        "x",
      })
  void browsersAndProgramsThatDoAsToldAreNot(String agent) {
    assertFalse(list.names(agent));
  }

  @Test
  void programsAreRobotsWhereTheOwnerSaysSo() {
    RobotList all = new RobotList(Set.of("none"));
    assertTrue(all.names("curl/7.88.1"));
    assertTrue(all.names("Mozilla/5.0 HeadlessChrome/156.0.0.0 Safari/537.36"));
  }

  /** Against the plain way, to try every sign on every name. */
  @Test
  void noSignIsMissedForTheSakeOfSpeed() throws Exception {
    List<String> signs = signs();
    SplittableRandom random = new SplittableRandom(3);
    RobotList all = new RobotList(Set.of("none"));
    List<Pattern> patterns = signs.stream().map(Pattern::compile).toList();
    for (int i = 0; i < 5_000; i++) {
      String sign = signs.get(random.nextInt(signs.size()));
      String cut = sign.replace("\\", "").substring(random.nextInt(2));
      String agent = "Mozilla/5.0 (" + cut + ") " + random.nextInt(99);
      boolean named = patterns.stream().anyMatch(pattern -> pattern.matcher(agent).find());
      assertEquals(named, all.names(agent), agent);
    }
  }

  private static List<String> signs() throws Exception {
    try (InputStream in = RobotList.class.getResourceAsStream("/robots/user-agents.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && line.indexOf('\t') > 0)
          .map(line -> line.substring(line.indexOf('\t') + 1))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "Googlebot\\/          ~ Googlebot/",
        "[wW]get              ~ get",
        "(sistrix|x) [cC]raw  ~ raw",
        "ab?cd*ef{2}ghi       ~ ghi",
        "one|another          ~ ''",
        "Blog\\d+\\.Feed       ~ .Feed",
        "(?i)(?<!cu)bot(?![a]) ~ bot",
        "a+bc                 ~ bc",
      })
  void theTextEveryMatchContainsIsFound(String sign, String literal) {
    assertEquals(literal, SignLiteral.of(sign));
  }

  @Test
  void aNameMadeToBeSlowIsJudgedQuickly() {
    String hostile = "botbotcrabotspidebot".repeat(25) + "a".repeat(12);
    long begin = System.nanoTime();
    for (int i = 0; i < 2_000; i++) {
      list.names(hostile + i);
    }
    long micros = (System.nanoTime() - begin) / 2_000_000;
    assertTrue(micros < 2_000, micros + " us");
  }
}

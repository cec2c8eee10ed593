package vn.luot.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.SampleSite;
import vn.luot.site.Site;

class ReferrerHostTest {
  private static final Site SITE =
      SampleSite.servedAt("https://www.portal.example", "http://127.0.0.1:8080");

  @ParameterizedTest
  @CsvSource({
    "https://www.google.com/search?q=luot, google.com",
    "https://GOOGLE.com, google.com",
    "HTTP://google.com:8443/a, google.com",
    "https://user:secret@news.example/a@b, news.example",
    "https://news.example./a, news.example",
    "https://news.example#a, news.example",
    "https://news.example?a, news.example",
    "https://báo.example/a, xn--bo-mia.example",
    "https://my_host.example, my_host.example",
    "https://203.0.113.7/a, 203.0.113.7",
    "https://news.portal.example/, news.portal.example",
  })
  void onlyTheHostIsKept(String referrer, String host) {
    assertEquals(host, ReferrerHost.of(referrer, SITE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "news.example",
        "//news.example/",
        "ftp://news.example/",
        "android-app://com.zing.zalo",
        "javascript://a.example/%0aalert(1)",
        "data:text/html,x",
        "https://",
        "https:///a",
        "https://a b.example",
        "https://a..example",
        "https://.example",
        "https://a{1}.example",
        "https://a%2eb.example",
        "https://[2001:db8::1]/",
        "https://a\r\nb.example",
        "https://~other",
        "about:blank",
        "https://portal.example/a",
        "http://www.portal.example:81",
        "http://127.0.0.1:8080/b"
      })
  void whatIsNoForeignWebAddressIsIgnored(String referrer) {
    assertNull(ReferrerHost.of(referrer, SITE));
  }

  @Test
  void anOverlongHostIsIgnored() {
    assertNull(ReferrerHost.of("https://" + "a.".repeat(127) + "example", SITE));
    assertNull(ReferrerHost.of("https://" + "a".repeat(64) + ".example", SITE));
    assertNull(ReferrerHost.of("https://" + "á".repeat(200) + ".example", SITE));
    assertNull(ReferrerHost.of(null, SITE));
  }

  @Test
  void whateverIsSentGivesAHostOrNothing() {
    SplittableRandom random = new SplittableRandom(4);
    String some = "abcxyz0189.-_:/?#@\\[]%~ \u0000\u200d\u3002ạư\ud83d\ude00\ud800";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder referrer = new StringBuilder("https://");
      for (int left = random.nextInt(40); left > 0; left--) {
        referrer.append(some.charAt(random.nextInt(some.length())));
      }
      String host = ReferrerHost.of(referrer.toString(), SITE);
      assertTrue(host == null || host.matches("[a-z0-9._-]{1,253}"), host);
    }
  }
}

package vn.luot.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

class PageRuleTest {
  private static final List<String> ITEM = List.of("ItemID", "lang");

  private static String normalised(String raw) {
    return PageRule.page(raw, ITEM, "page").path();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/                          | /",
        "/tin-tuc/a.html            | /tin-tuc/a.html",
        "/tin-tuc/                  | /tin-tuc",
        "//tin-tuc///a/             | /tin-tuc/a",
        "/./a/./b                   | /a/b",
        "/a#top                     | /a",
        "/a?utm_source=x            | /a",
        "/a?x=1&ItemID=7&lang=vi    | /a?ItemID=7&lang=vi",
        "/a?lang=vi&ItemID=7        | /a?ItemID=7&lang=vi",
        "/th%C3%A1i-b%C3%ACnh       | /thái-bình",
        "/100%25                    | /100%25",
        "/100%                      | /100%25",
        "/a%3Fb                     | /a%3Fb",
        "/a%2541                    | /a%2541",
        "/a..b                      | /a..b",
        "article-17                 | article-17",
        "/a;jsessionid=0F1.node2    | /a",
        "/a;JSESSIONID=0F1/b;v=1    | /a/b;v=1",
        "/(S(lit3py55t21z5v55))/a   | /a",
        "/(X1)/((a))                | /(X1)/((a))",
        "/index.html                | /",
        "/tin/index.php/            | /tin",
        "/tin/Default.aspx?itemid=7 | /tin?ItemID=7",
        "/index.php/x               | /index.php/x",
        "/index.html/index.htm      | /",
        "/chi-index.html            | /chi-index.html",
        "/a%E2%80%AEb               | /a%E2%80%AEb",
        "/a\u202eb\u200b            | /a%E2%80%AEb%E2%80%8B",
      })
  void oneWayOfWritingAPageIsLeft(String raw, String page) {
    assertEquals(page, normalised(raw));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/index.php/x                | /x",
        "/cong/Index.php/tin/a?lang= | /cong/tin/a?lang=",
        "/index.php/index.php        | /",
        "/v1.2/x                     | /v1.2/x",
      })
  void whereASiteSaysSoADocumentInAPathIsNoOtherPage(String raw, String page) {
    assertEquals(page, new PageRule(ITEM, true).page(raw, "page").path());
  }

  @Test
  void decomposedVietnameseIsComposed() {
    assertEquals(normalised("/b\u1ea3n"), normalised("/ba\u0309n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "/a/../b",
        "/..",
        "/%2e%2e/a",
        "/a%00",
        "/a\nb",
        "/a\u0085",
        "/%C0%AF",
        "/%ff",
        "/\ud800x",
        "/\ud800%41",
        "~other",
        "/a?ItemID=%0d"
      })
  void whatCannotBeAPageIsRefused(String raw) {
    Refusal refusal = assertThrows(Refusal.class, () -> normalised(raw));
    assertEquals(Reason.OUT_OF_RANGE, refusal.reason());
    assertEquals("page", refusal.errors().get(0).field());
  }

  /** To compose them takes time by the square of their number: 100 ms of an event loop. */
  @Test
  void aLetterHasOnlySoManyMarks() {
    assertEquals("/á" + "\u0301".repeat(29), normalised("/a" + "\u0301".repeat(30)));
    assertThrows(Refusal.class, () -> normalised("/a" + "\u0301".repeat(31)));
    assertThrows(Refusal.class, () -> normalised("/a?lang=b" + "%CC%81".repeat(31)));
    assertThrows(Refusal.class, () -> normalised("/a" + "\u0344".repeat(30)), "two marks each");
  }

  @Test
  void theLimitIsInBytesAfterNormalising() {
    assertEquals(512, normalised("/" + "a".repeat(511)).length());
    assertThrows(Refusal.class, () -> normalised("/" + "a".repeat(512)));
    assertThrows(Refusal.class, () -> normalised("/" + "ả".repeat(171)));
  }

  private static final int AT_ONCE = 8;
  private static final int PATHS = 200_000;

  /** What paths are made of. */
  private static final String[] PARTS = {
    "/",
    "//",
    "a",
    "%",
    "%2",
    "%25",
    "%41",
    "%2F",
    "?",
    "#",
    "&",
    "=",
    ".",
    "..",
    " ",
    "+",
    "ả",
    "a\u0309",
    "%C3%A1",
    "ItemID",
    "lang",
    "~",
    "\u037e",
    "😀",
    "%F0%9F%98%80",
    "%3f",
    "%23",
    "{}",
    "%C0%AF",
    "%E0%80%AF",
    "%F0%80%80%AF",
    "%ff",
    "%ED%A0%80",
    "\ud800",
    "%00",
    "\r\n",
    "\u202e",
    "\ufb01",
    "I\u0307",
    "\u1100\u1161",
    "\\",
    "'",
    "x".repeat(99)
  };

  @Test
  void normalisingAgainChangesNothing() {
    int pages =
        IntStream.range(0, AT_ONCE)
            .parallel()
            .map(i -> normalisedTwice(new Random(20261121 + i), PATHS / AT_ONCE))
            .sum();
    assertTrue(pages > 40_000, pages + " of them are pages");
  }

  private static int normalisedTwice(Random random, int paths) {
    int pages = 0;
    for (int i = 0; i < paths; i++) {
      StringBuilder raw = new StringBuilder(random.nextInt(4) == 0 ? "" : "/");
      for (int n = random.nextInt(12); n >= 0; n--) {
        raw.append(PARTS[random.nextInt(PARTS.length)]);
      }
      String once;
      try {
        once = normalised(raw.toString());
      } catch (Refusal refused) {
        continue;
      }
      pages++;
      assertEquals(once, normalised(once), () -> "from " + raw);
      assertTrue(once.getBytes(StandardCharsets.UTF_8).length <= PageRule.MAX_BYTES);
    }
    return pages;
  }
}

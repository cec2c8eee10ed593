package vn.luot.site.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class PageTitleTest {
  @Test
  void whatIsInvisibleOrTurnsDirectionIsTakenOut() {
    assertEquals("Tin gpj.exe", PageTitle.of("\u200bTin \u202egpj.exe\u202c\u2066"));
    assertEquals("Gạo nếp", PageTitle.of("Ga\u0323o\u00ad ne\u0302\u0301p\ufeff"));
    assertEquals("a b c", PageTitle.of("a\nb\u2028c"));
    assertEquals("ab", PageTitle.of("a\ud800b\udb40\udc41"));
    assertNull(PageTitle.of(" \u200b\u2063\u3164 "));
    assertNull(PageTitle.of(""));
  }

  @Test
  void ordinaryTitlesStayAsTheyAre() {
    for (String title : new String[] {"Gạo nếp cái hoa vàng – giá", "“Lượt” 🍚", "中文", "a"}) {
      assertEquals(title, PageTitle.of(title));
    }
    assertEquals("a".repeat(300), PageTitle.of("a".repeat(4000)));
  }
}

package vn.luot.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SiteRulesTest {
  private static final String COMPOSED = "S\u1edf";
  private static final String WITH_MARKS = "So\u031b\u0309";

  @Test
  void aLabelIsTheSameHoweverItsLettersAreComposed() {
    assertEquals(COMPOSED, SiteRules.label(" " + WITH_MARKS));
    assertEquals(COMPOSED, SiteRules.label(COMPOSED));
  }

  /** Anybody may ask for the page of a label: 8000 marks took the event loop 100 ms. */
  @Test
  void whatIsLongerThanAnyLabelIsNotComposed() {
    String marks = "a" + "\u0301\u0323".repeat(4000);
    assertEquals(marks.length(), SiteRules.label(marks).length());
  }
}

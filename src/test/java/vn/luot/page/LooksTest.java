package vn.luot.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Both languages, both schemes, any width, on paper, and for everybody. */
@QuarkusTest
class LooksTest extends OwnersPage {
  @Test
  void aNumberSaysWhatItMeans() {
    owner.enter(key);
    owner.find(".tile [data-what=visitors] summary").sendKeys(Keys.ENTER);
    owner.awaitShown(".tile [data-what=visitors] p");
    owner.awaitText(".tile [data-what=visitors] p", text -> text.contains("tính hai lần"));
    owner.browser.press(Keys.ESCAPE);
    assertEquals(false, owner.shown(".tile [data-what=visitors] p"));
    assertSilent();
  }

  @Test
  void aReportIsForPaper() {
    owner.enter(key);
    owner.click("[data-view=report]");
    owner.awaitShown("#report article");
    owner.pick("#report [name=kind]", "year");
    owner.awaitText("#report header p:nth-child(3)", text -> text.startsWith("Năm "));
    owner.pick("#report [name=year]", "2020");
    owner.awaitText("#report header p:nth-child(3)", "Năm 2020");
    owner.awaitText("#report tbody td", "2.743.712");
    owner.browser.run("dispatchEvent(new Event('beforeprint'))");
    owner.browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    try {
      owner.awaitShown("#report .printed");
      assertEquals(false, owner.shown("#report form"));
      assertEquals(false, owner.shown("#site"));
      assertEquals(false, owner.shown("#views"));
    } finally {
      owner.browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
    }
    assertSilent();
  }

  /**
   * In December that is the last month of the year; at other times the page is given no later one.
   */
  @Test
  void aReportOfAYearThatIsNotOverSaysUntilWhenItIsCompared() {
    Object december =
        owner.browser.before(
            """
            const json = Response.prototype.json;
            Response.prototype.json = async function () {
              const answer = await json.call(this);
              answer.points &&= answer.points.filter(({value}) => value !== null);
              return answer;
            };
            """);
    owner.arrive();
    owner.browser.forget(december);
    owner.enter(key);
    owner.click("[data-view=report]");
    owner.awaitShown("#report article");
    owner.pick("#report [name=kind]", "year");
    owner.awaitText("#report header p:nth-child(3)", text -> text.startsWith("Năm "));
    owner.click("#report [name=year] option:first-child");
    owner.awaitText("#report header p:last-child", text -> text.contains("số liệu so sánh đến"));
    assertSilent();
  }

  @Test
  void thePageSpeaksTheLanguageThatWasChosenLast() {
    owner.enter(key);
    owner.click("[data-language=en]");
    owner.awaitText("#pages-title", "Pages read");
    owner.awaitText("[data-number=viewsTotal]", "2,743,755");
    owner.awaitText("#ratings .figure", "4.50");
    owner.browser.driver.navigate().refresh();
    owner.awaitBoard();
    owner.awaitText("#period option[value='30']", "Last 30 days");
    assertEquals("en", owner.browser.run("return document.documentElement.lang"));
    assertEquals("Visitor numbers · Lượt", owner.browser.driver.getTitle());
    assertSilent();
  }

  @Test
  void textAndChartFollowTheScheme() {
    owner.enter(key);
    owner.browser.settle();
    Object light = painted();
    owner.prefer("dark");
    owner.browser.settle();
    Object dark = painted();
    owner.prefer("light");
    assertNotEquals(light, dark);
    assertTrue(dark.toString().startsWith("rgb(13, 20, 19)"), dark.toString().substring(0, 20));
    assertSilent();
  }

  private Object painted() {
    return owner.browser.run(
        "return getComputedStyle(document.body).backgroundColor"
            + " + document.querySelector('#series canvas').toDataURL()");
  }

  @Test
  void aNarrowScreenNeedsNoScrollingSideways() {
    owner.browser.driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 320, "height", 700, "deviceScaleFactor", 2, "mobile", false));
    try {
      owner.enter(key);
      var wide = (Long) owner.browser.run("return document.documentElement.scrollWidth");
      assertTrue(wide <= 320, wide + " wide");
    } finally {
      owner.browser.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }

  @Test
  void onPaperTheChartIsAPictureAndControlsAreGone() {
    owner.enter(key);
    owner.browser.run("dispatchEvent(new Event('beforeprint'))");
    owner.browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    try {
      owner.awaitShown(".printed");
      assertTrue(
          (Long) owner.browser.run("return document.querySelector('.printed').naturalWidth") > 700);
      for (var control :
          List.of("#site", "#leave", "#search", "[data-export]", "#series canvas", "#status")) {
        assertEquals(false, owner.shown(control), control);
      }
      assertEquals(true, owner.shown("#pages tbody tr:last-child"));
      assertEquals(true, owner.shown("#devices .minor"));
    } finally {
      owner.browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
    }
    assertSilent();
  }

  @Test
  void theKeyboardIsEnough() {
    owner.browser.press(key, Keys.ENTER);
    owner.awaitBoard();
    owner.browser.run("document.querySelector('[data-name=visits]').focus()");
    owner.browser.press(Keys.ENTER);
    owner.awaitPages(pages -> pages.get(0).equals("/tin/24"));
    // The table was made anew; whoever sorts goes on from where they were.
    assertEquals("visits", owner.browser.run("return document.activeElement.dataset.name"));
    owner.browser.press(Keys.ENTER);
    owner.awaitPages(pages -> !pages.get(0).equals("/tin/24"));
  }
}

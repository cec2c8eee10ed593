package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

/** Five stars, for every hand. */
@QuarkusTest
class RatingTest extends WidgetTest {

  private void openRating(String page) {
    open(page);
    browser.awaitRating();
  }

  private long votes() {
    return site.request().get(site.path("rating?page=/rating.html")).jsonPath().getLong("count");
  }

  @Test
  void aClickVotesChangesAndWithdraws() {
    openRating("/rating.html");
    browser.awaitPart("summary", "Chưa có đánh giá");
    browser.clickStar(4);
    browser.awaitPart("summary", "Xếp hạng: 4 - 1 phiếu bầu");
    browser.awaitPart("mine", "Bạn đã chấm 4 sao.");
    browser.awaitPart("status", "Cảm ơn bạn! 4 sao: Bài viết tốt. Xếp hạng: 4 - 1 phiếu bầu");
    browser.awaitText("#sentence", "Tổng số điểm của bài viết là: 4 trong 1 đánh giá");
    browser.clickStar(5);
    browser.awaitPart("mine", "Bạn đã chấm 5 sao.");
    browser.awaitText("#sentence", "Tổng số điểm của bài viết là: 5 trong 1 đánh giá");
    browser.run("document.querySelector('luot-rating').shadowRoot.querySelector('button').click()");
    browser.awaitPart("status", "Đã rút lại đánh giá của bạn.");
    browser.awaitPart("summary", "Chưa có đánh giá");
    browser.awaitText("#sentence", "Tổng số điểm của bài viết là: 0 trong 0 đánh giá");
    assertSilent();
  }

  @Test
  void theKeyboardAloneIsEnough() {
    openRating("/rating.html");
    browser.run("document.getElementById('before').focus()");
    browser.press(Keys.TAB, Keys.SPACE, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ENTER);
    browser.awaitPart("mine", "Bạn đã chấm 3 sao.");
    assertEquals(1, votes());
    browser.press(Keys.TAB, Keys.ENTER);
    browser.awaitPart("status", "Đã rút lại đánh giá của bạn.");
    assertEquals(0, votes());
  }

  @Test
  void passingOverStarsSendsOnlyTheLast() {
    openRating("/rating.html");
    browser.run("document.getElementById('before').focus()");
    browser.press(
        Keys.TAB, Keys.SPACE, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.TAB);
    browser.awaitPart("mine", "Bạn đã chấm 4 sao.");
    assertEquals(1, browser.requests("/rating?").size());
  }

  private void chooseTwo() {
    browser.run("document.getElementById('before').focus()");
    browser.press(Keys.TAB, Keys.SPACE, Keys.ARROW_RIGHT);
  }

  @Test
  void aChoiceThatRestsIsForThePageOnWhichItWasMade() {
    openRating("/rating.html");
    browser.awaitPart("summary", "Chưa có đánh giá");
    chooseTwo();
    browser.run("history.pushState({}, '', '/khac')");
    await().until(this::votes, count -> count == 1);
    await().until(() -> browser.requests("/hits").size() == 2);
    browser.awaitPart("summary", "Chưa có đánh giá");
    assertEquals("", browser.part("mine"));
    browser.clickStar(4);
    browser.awaitPart("mine", "Bạn đã chấm 4 sao.");
    await().until(() -> browser.part("status"), text -> !text.isEmpty());
    browser.run("history.pushState({}, '', '/khac/2')");
    browser.awaitPart("status", "");
    browser.awaitPart("mine", "");
    assertEquals(2, browser.requests("/rating?").size());
  }

  @Test
  void aChoiceThatRestsIsSentWhenThePageIsLeft() {
    openRating("/rating.html");
    browser.awaitPart("summary", "Chưa có đánh giá");
    chooseTwo();
    browser.open("about:blank");
    await().until(this::votes, count -> count == 1);
  }

  @Test
  void oneVoterHasOneVoteAlsoAfterReloading() {
    openRating("/rating.html");
    browser.clickStar(2);
    browser.awaitPart("mine", "Bạn đã chấm 2 sao.");
    openRating("/rating.html");
    browser.awaitPart("mine", "Bạn đã chấm 2 sao.");
    browser.clickStar(5);
    browser.awaitPart("summary", "Xếp hạng: 5 - 1 phiếu bầu");
    assertEquals(1, votes());
  }

  @Test
  void aVoteWhoseAnswerWasLostIsTheSameWhenSentAgain() {
    openRating("/rating.html");
    browser.run("fetch = (of => (...it) => of(...it).then(() => { throw it; }))(fetch)");
    browser.clickStar(4);
    browser.awaitPart("status", "Chưa gửi được, xin thử lại sau.");
    assertEquals(1, votes());
    openRating("/rating.html");
    browser.clickStar(5);
    browser.awaitPart("mine", "Bạn đã chấm 5 sao.");
    assertEquals(1, votes());
  }

  @Test
  void twoTabsAreOneVoter() {
    openRating("/rating.html");
    var first = browser.driver.getWindowHandle();
    browser.driver.switchTo().newWindow(WindowType.TAB);
    openRating("/rating.html");
    browser.clickStar(2);
    browser.awaitPart("mine", "Bạn đã chấm 2 sao.");
    browser.driver.close();
    browser.driver.switchTo().window(first);
    browser.clickStar(5);
    browser.awaitPart("mine", "Bạn đã chấm 5 sao.");
    assertEquals(1, votes());
  }

  @Test
  void theStarsShowTheAverageUntilOneHasVoted() {
    site.withVotes("/rating.html", 4, 2).withVotes("/rating.html", 3, 1);
    openRating("/rating.html");
    browser.awaitPart("summary", "Xếp hạng: 3,7 - 3 phiếu bầu");
    assertEquals(4L, litStars());
    browser.clickStar(2);
    browser.awaitPart("mine", "Bạn đã chấm 2 sao.");
    assertEquals(2L, litStars());
  }

  private Object litStars() {
    return browser.run(
        "return document.querySelector('luot-rating').shadowRoot.querySelectorAll('.on').length");
  }

  @Test
  void anEnglishPageReadFromTheRightIsServedAlike() {
    site.withVotes("/rating-rtl.html", 5, 1).withVotes("/rating-rtl.html", 4, 1);
    openRating("/rating-rtl.html");
    browser.awaitPart("summary", "Rating: 4.5 - 2 votes");
    browser.run("document.getElementById('before').focus()");
    // To the next star is to the left where text runs from the right; down is next everywhere.
    browser.press(Keys.TAB, Keys.SPACE, Keys.ARROW_DOWN, Keys.ENTER);
    browser.awaitPart("mine", "You gave 2 stars.");
    browser.awaitPart("status", "Thank you! 2 stars: poor. Rating: 3.7 - 3 votes");
    var left =
        "(n => document.querySelector('luot-rating').shadowRoot.querySelectorAll('label')[n]"
            + ".getBoundingClientRect().left)";
    assertEquals(true, browser.run("return " + left + "(0) > " + left + "(4)"));
  }

  @Test
  void aClosedRatingSaysSoAndTakesTheStarsBack() {
    site.awaitKnown();
    openRating("/rating.html");
    browser.awaitPart("summary", "Chưa có đánh giá");
    site.database()
        .execute(
            "UPDATE site SET rules = rules || '{\"rating\":false}' WHERE slug = '"
                + site.slug()
                + "'");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                site.request()
                    .contentType("text/plain")
                    .body("{\"stars\":1}")
                    .put(site.path("rating"))
                    .statusCode(),
            status -> status == 403);
    browser.clickStar(4);
    browser.awaitPart("status", "Phần đánh giá đang đóng.");
    assertEquals("", browser.part("mine"));
    assertEquals(0L, litStars());
    browser.complaints();
  }

  @Test
  void aPageStylesTheControlFromOutside() {
    openRating("/rating.html");
    browser.run(
        "const sheet = new CSSStyleSheet(); sheet.replaceSync('luot-rating {--luot-star: rgb(1, 2, 3)}"
            + " luot-rating::part(summary) {color: rgb(4, 5, 6)}');"
            + " document.adoptedStyleSheets = [sheet]");
    var style =
        "return getComputedStyle(document.querySelector('luot-rating').shadowRoot"
            + ".querySelector('[part=%s]')).color";
    assertEquals("rgb(1, 2, 3)", browser.run(style.formatted("star")));
    assertEquals("rgb(4, 5, 6)", browser.run(style.formatted("summary")));
  }

  @Test
  void everyStarIsNamedForThoseWhoCannotSeeIt() {
    openRating("/rating.html");
    assertEquals(
        List.of(
            "1 sao: Bài viết rất kém",
            "2 sao: Bài viết kém",
            "3 sao: Bài viết đạt",
            "4 sao: Bài viết tốt",
            "5 sao: Bài viết rất tốt"),
        browser.run(
            "return [...document.querySelector('luot-rating').shadowRoot"
                + ".querySelectorAll('input')].map(input => input.ariaLabel)"));
  }
}

package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of the service, a page keeps its own text and hears no exception. */
@QuarkusTest
class TroubleTest extends WidgetTest {

  private static final String COLLECT =
      "window.thrown = [];"
          + "addEventListener('error', e => thrown.push(e.message));"
          + "addEventListener('unhandledrejection', e => thrown.push(String(e.reason)));";

  /** To timers of the page, half a second is ten. */
  private static final String TWENTY_TIMES =
      "const later = setTimeout; window.setTimeout = (f, ms, ...a) => later(f, ms / 20, ...a)";

  /** The limit of a request comes ten times as soon. */
  private static final String IMPATIENT =
      "const limit = AbortSignal.timeout; AbortSignal.timeout = ms => limit.call(AbortSignal, ms / 10)";

  private final AtomicInteger calls = new AtomicInteger();

  private Object collecting;

  @BeforeEach
  void collectExceptions() {
    collecting = browser.before(COLLECT);
    calls.set(0);
  }

  @AfterEach
  void stopCollecting() {
    browser.forget(collecting);
  }

  private void openBroken(Portal.Trouble trouble) {
    portal.breakService(
        exchange -> {
          calls.incrementAndGet();
          trouble.answer(exchange);
        });
    open("/trouble.html");
    await().atMost(Duration.ofSeconds(60)).until(() -> calls.get() > 0);
  }

  private static void answer(HttpExchange exchange, int status, String body) {
    try {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      Portal.send(exchange, status, "application/json", bytes);
    } catch (java.io.IOException gone) {
      exchange.close();
    }
  }

  /** Long enough for everything that could follow an answer. */
  private void assertUntouched() {
    browser.settle();
    assertEquals("33", browser.text("#online"));
    assertEquals("2743754", browser.text("#total"));
    assertEquals("811", browser.text("#week"));
    assertEquals("54 trong 12", browser.text("#rating"));
    assertEquals(
        "none",
        browser.run("return document.getElementById('busuanzi_container_site_pv').style.display"));
    assertEquals(List.of(), browser.run("return thrown"));
  }

  @Test
  void aServiceThatIsDownChangesNothing() {
    openBroken(HttpExchange::close);
    assertUntouched();
    assertEquals(1, browser.requests("/v1/").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default-src *",
        "require-trusted-types-for 'script'; trusted-types luot-more luot-rating"
      })
  void aPartThatFailsIsAskedForEverMoreSeldom(String policy) {
    portal.policy = Optional.of(policy);
    portal.parts =
        Optional.of(
            exchange -> {
              calls.incrementAndGet();
              answer(exchange, 503, "{}");
            });
    portal.breakService(exchange -> answer(exchange, 200, "{\"online\":34}"));
    open("/rating.html");
    await().atMost(Duration.ofSeconds(60)).until(() -> calls.get() > 0);
    browser.pass("2.5");
    // One for each of two parts at once, and after one second and three; it was twenty a second.
    assertTrue(calls.get() <= 8, calls + " requests");
    portal.parts = Optional.empty();
    browser.awaitRating();
    assertEquals(List.of(), browser.run("return thrown"));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void aRefusalChangesNothingAndIsNotRepeated(int status) {
    openBroken(exchange -> answer(exchange, status, "{\"status\":" + status + "}"));
    assertUntouched();
    assertEquals(1, calls.get());
  }

  /** Reading may still work, so each number that the page shows is asked for once. */
  @Test
  void anErrorOfTheServiceChangesNothingAndTheHitIsNotRepeated() {
    openBroken(exchange -> answer(exchange, 500, "{\"status\":500}"));
    await().until(() -> calls.get() == 3);
    assertUntouched();
    assertEquals(3, calls.get());
    assertEquals(1, browser.requests("/hits").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "[]",
        "\"online\"",
        "{\"online\":",
        "<html>Cảng</html>",
        "{\"online\":null,\"views\":{\"total\":null,\"week\":null},\"page\":null}",
        "{\"online\":\"<b>9</b>\",\"views\":{\"total\":-1,\"week\":[1]},\"pages\":\"x\"}",
        "{\"online\":{},\"views\":\"viele\",\"visits\":3,\"pages\":{\"0\":1},\"count\":\"0\"}"
      })
  void aWrongAnswerChangesNothing(String body) {
    openBroken(exchange -> answer(exchange, 200, body));
    assertUntouched();
  }

  @Test
  void aSlowAnswerIsShownWhenItComesAndHoldsNothingUp() {
    var patience = new CountDownLatch(1);
    var fast = browser.before(TWENTY_TIMES);
    openBroken(
        exchange -> {
          try {
            patience.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          answer(exchange, 200, "{\"online\":34,\"views\":{\"total\":5},\"heartbeatSeconds\":60}");
        });
    browser.forget(fast);
    assertEquals("complete", browser.run("return document.readyState"));
    browser.pass("10");
    assertUntouched();
    patience.countDown();
    browser.awaitText("#online", "34");
    browser.awaitText("#total", "5");
  }

  @Test
  void aVoteThatIsNeverAnsweredHoldsBackNoOther() {
    portal.breakService(
        exchange -> {
          var vote = exchange.getRequestMethod().equals("PUT");
          if (vote && calls.incrementAndGet() == 1) portal.held.add(exchange);
          else answer(exchange, 200, vote ? "{\"mine\":5}" : "{\"online\":34}");
        });
    var impatient = browser.before(IMPATIENT);
    open("/rating.html");
    browser.forget(impatient);
    browser.awaitRating();
    browser.clickStar(4);
    await().until(() -> calls.get() == 1);
    browser.clickStar(5);
    browser.awaitPart("mine", "Bạn đã chấm 5 sao.");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aBusyServiceIsStillRead(int status) {
    openBroken(
        exchange -> {
          var hit = exchange.getRequestURI().getPath().endsWith("/hits");
          answer(exchange, hit ? status : 200, "{\"online\":null,\"views\":{\"week\":812}}");
        });
    browser.awaitText("#week", "812");
    assertEquals("33", browser.text("#online"));
  }

  @Test
  void anOriginThatIsNotAllowedLeavesNoTrace() {
    site.database()
        .execute("UPDATE site SET rules = rules || '{\"origins\":[\"https://other.example\"]}'");
    portal.serve(site.slug());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> site.request().get(site.path("methodology")).statusCode() == 403);
    browser.open(portal.origin() + "/trouble.html");
    assertUntouched();
    assertTrue(browser.complaints().stream().allMatch(line -> line.contains("/hits")));
  }
}

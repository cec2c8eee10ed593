package vn.luot.widget;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small pages as real systems make them, with what makes them hard. Each says itself what it is to
 * show: {@code data-expected}.
 */
@QuarkusTest
class SystemsTest extends WidgetTest {
  private static final String DIFFERENCES =
      """
      return [...document.querySelectorAll('[data-expected],[data-expected-inside]')].filter(e =>
        (e.dataset.expected || e.dataset.expectedInside)
          != (e.dataset.expected ? e : e.shadowRoot || e).textContent.trim())
        .map(e => (e.dataset.expected || e.dataset.expectedInside) + ' != ' + e.textContent)""";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nukeviet",
        "dnn",
        "liferay",
        "joomla",
        "wordpress",
        "hexo-next",
        "nextjs",
        "sharepoint",
        "vue",
        "angular"
      })
  void thePageShowsWhatItIsToShow(String system) {
    var page = "/systems/" + system + ".html";
    site.withViews(2743755, 10)
        .withPageViews(page, 11)
        .withPageViews("/tin/a", 7)
        .withVotes(page, 5, 1)
        .withVotes(page, 4, 1);
    open(page);
    await(system)
        .ignoreExceptions()
        .untilAsserted(() -> assertEquals(List.of(), browser.run(DIFFERENCES)));
    assertEquals(false, browser.run("return !!window.mismatch"));
    assertEquals(1, browser.requests("/v1/").size(), "requests");
    assertSilent();
  }
}

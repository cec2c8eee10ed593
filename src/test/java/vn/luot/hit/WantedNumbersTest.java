package vn.luot.hit;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.SiteTest;
import vn.luot.TestSite;

/** One request fills every slot of a page, and none of its numbers is older than the hit. */
@Tag("packaged")
@QuarkusTest
class WantedNumbersTest extends SiteTest {
  private ValidatableResponse send(String accept, String json) {
    return site.asPage()
        .header("Accept", accept)
        .contentType("text/plain; charset=UTF-8")
        .body(json)
        .post(site.path("hits"))
        .then();
  }

  private ValidatableResponse send(String json) {
    return send("*/*", json);
  }

  /** The quick way and the one through JAX-RS. */
  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json;q=0.9"})
  void aHitIsAnsweredWithWhatThePageShows(String accept) {
    send("{\"page\":\"/b\"}").statusCode(200);
    send(
            accept,
            "{\"page\":\"/a\",\"want\":[\"views-week\",\"visitors-today\",\"rating-sum\",\"portal-rating-sum\",\"weather\",null],"
                + "\"pages\":[\"/b\",\"/../x\",\"/c\"]}")
        .statusCode(200)
        .body("views.today", equalTo(2))
        .body("views.week", equalTo(2))
        .body("views.yesterday", equalTo(0))
        .body("visits.year", equalTo(1))
        .body("visitors.yesterday", equalTo(0))
        .body("page.rating.count", equalTo(0))
        .body("portal.rating.count", equalTo(0))
        .body("portal.rating.average", nullValue())
        .body("pages.path", contains("/b", "~other", "/c"))
        .body("pages.views", contains(1, null, 0));
  }

  @Test
  void whatNobodyWantsIsNotSent() {
    send("{\"page\":\"/a\"}")
        .body("views.size()", equalTo(2))
        .body("page.size()", equalTo(2))
        .body("size()", equalTo(5));
  }

  @Test
  void aHundredPagesAreAnsweredAtMost() {
    String pages =
        IntStream.range(0, 120)
            .mapToObj(i -> "\"/" + i + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    send("{\"page\":\"/a\",\"pages\":" + pages + "}").statusCode(200).body("pages", hasSize(100));
  }

  @Test
  void anAddressTooLongToBeAPagesCountsForTheSite() {
    String path = "/" + String.join("", Collections.nCopies(600, "a"));
    send("{\"page\":\"" + path + "\"}")
        .statusCode(200)
        .body("views.total", equalTo(1))
        .body("page.path", equalTo("~other"))
        .body("page.views", nullValue());
    send("{\"page\":\"/a?fbclid=" + path + path + "\"}").body("page.path", equalTo("/a"));
  }

  @Test
  void anAddressIsThePageItMeans() {
    String host = TestSite.ORIGIN.substring(TestSite.ORIGIN.indexOf("//"));
    for (String address :
        List.of("/tin/a", "tin/a", "https://www.example.vn/tin/a?b=1#c", host + "/tin/a")) {
      send("{\"page\":\"" + address + "\"}").body("page.path", equalTo("/tin/a"));
    }
    send("{\"page\":\"//tin/a\"}")
        .body("page.path", equalTo("/tin/a"))
        .body("page.views", equalTo(5));
    send("{\"page\":\"bai-42\"}").body("page.path", equalTo("bai-42"));
  }
}

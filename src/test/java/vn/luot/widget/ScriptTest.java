package vn.luot.widget;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.luot.standalone.Stores;

/** How the scripts travel. */
@QuarkusTest
@WithTestResource(value = Stores.class, scope = TestResourceScope.GLOBAL)
class ScriptTest {

  private static Response raw(String path, String encoding) {
    var untouched =
        RestAssuredConfig.config().decoderConfig(DecoderConfig.decoderConfig().noContentDecoders());
    return given().config(untouched).header("Accept-Encoding", encoding).get(path);
  }

  @Test
  void anyPageMayLoadAndPinTheScript() {
    raw("/widget.js", "identity")
        .then()
        .statusCode(200)
        .header("Content-Type", equalTo("application/javascript; charset=utf-8"))
        .header("Cache-Control", startsWith("public, max-age=3600"))
        .header("Access-Control-Allow-Origin", equalTo("*"))
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .header("Vary", containsString("Accept-Encoding"))
        .header("ETag", notNullValue());
  }

  @Test
  void aScriptThatHasNotChangedIsNotSentAgain() {
    var etag = raw("/widget.js", "gzip").header("ETag");
    given().header("If-None-Match", etag).get("/widget.js").then().statusCode(304);
    given().header("If-None-Match", "\"other\"").get("/widget.js").then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({"/widget.js, 3000", "/luot-rating.js, 3000", "/luot-lists.js, 1000"})
  void aPartStaysWithinItsBudget(String path, int bytes) {
    var response = raw(path, "gzip");
    response.then().header("Content-Encoding", equalTo("gzip"));
    assertTrue(response.asByteArray().length <= bytes, response.asByteArray().length + " bytes");
  }

  @Test
  void aPartIsNamedByItsContentAndKeptForEver() {
    var script = raw("/widget.js", "identity").asString();
    var part = script.replaceAll("(?s).*?(luot-rating\\.js\\?v=[0-9a-f]+).*", "$1");
    raw("/" + part, "identity")
        .then()
        .statusCode(200)
        .header("Cache-Control", containsString("immutable"));
  }
}

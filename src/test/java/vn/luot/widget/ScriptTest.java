package vn.luot.widget;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the scripts travel. */
@QuarkusTest
class ScriptTest {

  private static Response raw(String path, String encoding) {
    var untouched =
        RestAssuredConfig.config().decoderConfig(DecoderConfig.decoderConfig().noContentDecoders());
    return given().config(untouched).header("Accept-Encoding", encoding).get(path);
  }

  /** As an owner would write it into the tag. */
  static String integrity() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return "sha256-"
          + Base64.getEncoder()
              .encodeToString(digest.digest(raw("/widget.js", "identity").asByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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
  @CsvSource({
    "/widget.js, 3100",
    "/luot-rating.js, 3050",
    "/luot-lists.js, 700",
    "/luot-downloads.js, 700",
    "/luot-more.js, 3520",
    "/luot-why.js, 2000",
    "/luot-nukeviet.js, 1000"
  })
  void aPartStaysWithinItsBudget(String path, int bytes) {
    var response = raw(path, "gzip");
    response.then().header("Content-Encoding", equalTo("gzip"));
    assertTrue(response.asByteArray().length <= bytes, response.asByteArray().length + " bytes");
  }

  @Test
  void aPartIsNamedByItsContentAndKeptForEver() {
    var script = raw("/widget.js", "identity").asString();
    var digest = script.replaceAll("(?s).*\"sha256-(.{16}).*", "$1");
    given()
        .urlEncodingEnabled(false)
        .get("/luot-rating.js?v=" + digest)
        .then()
        .statusCode(200)
        .header("Cache-Control", containsString("immutable"));
  }
}

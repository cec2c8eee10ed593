package vn.luot.rating;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.TestSite;
import vn.luot.faults.RedisCommand;
import vn.luot.live.record.CastVote.VoteKeys;
import vn.luot.site.page.Page;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Redis;

@Tag("packaged")
@QuarkusTest
class RatingTest {
  private static final String A = "rating?page=/a";
  private static final String PORTAL = "rating";

  Postgres postgres;
  Redis redis;
  TestSite site;

  @BeforeEach
  void freshSite() {
    site = TestSite.create(postgres);
    site.hit("/a").statusCode(200);
  }

  private ValidatableResponse put(String call, String body) {
    return site.asPage().contentType("text/plain").body(body).put(site.path(call)).then();
  }

  private ValidatableResponse vote(String call, int stars, String voter) {
    String token = voter == null ? "" : ",\"voter\":\"" + voter + "\"";
    return put(call, "{\"stars\":" + stars + token + "}");
  }

  private ValidatableResponse withdraw(String call, String voter) {
    return site.asPage()
        .contentType("application/json")
        .body("{\"voter\":\"" + voter + "\"}")
        .delete(site.path(call))
        .then();
  }

  private String newVoter(String call, int stars) {
    if (call.contains("page=")) {
      site.hit(call.substring(call.indexOf('=') + 1)).statusCode(200);
    }
    return vote(call, stars, null).statusCode(200).extract().path("voter");
  }

  @Test
  void aVoteTellsNothingOfARatingThatIsNotPublic() {
    site = TestSite.create(postgres, "\"publicReading\":false");
    site.hit(A.substring(A.indexOf('=') + 1)).statusCode(200);
    String voter =
        vote(A, 4, null)
            .statusCode(200)
            .body("mine", equalTo(4))
            .body("count", nullValue())
            .body("sum", nullValue())
            .body("stars.4", nullValue())
            .extract()
            .path("voter");
    withdraw(A, voter).statusCode(200).body("count", nullValue());
  }

  private void awaitCounted(String totals) {
    asOperator().get("/admin/v1/sites/" + site.slug + "/votes?limit=1");
    await()
        .untilAsserted(
            () ->
                assertEquals(
                    totals,
                    site.database.table(
                        "SELECT one, two, three, four, five FROM rating_total WHERE site_id = "
                            + site.id
                            + " ORDER BY one, two, three, four, five DESC")));
  }

  @Test
  void nobodyVotedIsZerosAndNoAverage() {
    site.asPage()
        .get(site.path(A))
        .then()
        .statusCode(200)
        .body("count", equalTo(0))
        .body("sum", equalTo(0))
        .body("average", nullValue())
        .body("stars.5", equalTo(0));
  }

  @Test
  void theAnswerToAVoteContainsIt() {
    newVoter(A, 5);
    newVoter(A, 4);
    vote(A, 4, null)
        .body("count", equalTo(3))
        .body("sum", equalTo(13))
        .body("average", equalTo(4.33f))
        .body("stars.4", equalTo(2))
        .body("mine", equalTo(4));
    site.asPage().get(site.path(A)).then().body("count", equalTo(3)).body("sum", equalTo(13));
    awaitCounted("0 0 0 2 1");
  }

  @Test
  void aVoterHasOneVoteThatCanBeChangedAndWithdrawn() {
    String voter = newVoter(A, 1);
    vote(A, 5, voter)
        .body("count", equalTo(1))
        .body("sum", equalTo(5))
        .body("voter", equalTo(voter));
    awaitCounted("0 0 0 0 1");
    vote(A, 3, voter).body("count", equalTo(1)).body("sum", equalTo(3));
    withdraw(A, voter).statusCode(200).body("count", equalTo(0)).body("mine", nullValue());
    withdraw(A, voter).statusCode(200).body("count", equalTo(0));
    awaitCounted("0 0 0 0 0");
  }

  @Test
  void withdrawingWhatNeverWasKeepsNothing() {
    assumeTrue(redis != null, "looking into Redis takes our own");
    String voter = newVoter(A, 5);
    withdraw("rating?page=/never-rated", voter).statusCode(200).body("count", equalTo(0));
    String rating = VoteKeys.rating(site.id, key("/never-rated"));
    assertEquals(":0", RedisCommand.send(redis.port(), "EXISTS", rating));
  }

  @Test
  void thePortalIsRatedApartFromItsPages() {
    newVoter(PORTAL, 4);
    newVoter(A, 1);
    site.asPage().get(site.path(PORTAL)).then().body("count", equalTo(1)).body("sum", equalTo(4));
    site.asPage()
        .get(site.path("pages?path=/a"))
        .then()
        .body("pages.rating.count", contains(1))
        .body("pages.rating.sum", contains(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"stars\":0}",
        "{\"stars\":6}",
        "{\"stars\":4.5}",
        "{\"stars\":\"5\"}",
        "{\"stars\":null}",
        "{\"stars\":5,\"voter\":\"forged\"}",
        "{\"stars\":5,\"voter\":7}",
        "{\"stars\":true}",
        "{\"stars\":5,\"nonce\":7}",
        "{\"stars\":5,\"nonce\":\"tooShort\"}",
        "{\"stars\":5,\"nonce\":\"with space, quite long\"}"
      })
  void whatIsNoVoteIsRefused(String body) {
    put(A, body).statusCode(422).body("type", equalTo("urn:luot:problem:out-of-range"));
    site.asPage().get(site.path(A)).then().body("count", equalTo(0));
  }

  private String nonce() {
    return UUID.randomUUID().toString();
  }

  private ValidatableResponse voteAgain(int stars, String nonce) {
    return put(A, "{\"stars\":%d,\"nonce\":\"%s\"}".formatted(stars, nonce)).statusCode(200);
  }

  @Test
  void aVoteSentAgainWithItsNonceIsTheSameVote() {
    String nonce = nonce();
    voteAgain(4, nonce).body("count", equalTo(1));
    voteAgain(4, nonce).body("count", equalTo(1)).body("sum", equalTo(4));
    awaitCounted("0 0 0 1 0");
    String voter = voteAgain(5, nonce).body("sum", equalTo(5)).extract().path("voter");
    awaitCounted("0 0 0 0 1");
    vote(A, 3, voter).body("count", equalTo(1)).body("sum", equalTo(3));
    voteAgain(2, nonce()).body("count", equalTo(2));
    site.asPage()
        .contentType("application/json")
        .body("{\"nonce\":\"" + nonce + "\"}")
        .delete(site.path(A))
        .then()
        .statusCode(200)
        .body("sum", equalTo(2))
        .body("mine", nullValue());
  }

  @Test
  void aVoterWhoseTokenNobodyCanVerifyAnyMoreIsKnownByTheNonce() {
    String nonce = nonce();
    String voter = voteAgain(4, nonce).extract().path("voter");
    String lost = voter.substring(0, 30) + "AAAA" + voter.substring(34);
    put(A, "{\"stars\":5,\"voter\":\"%s\",\"nonce\":\"%s\"}".formatted(lost, nonce))
        .statusCode(200)
        .body("count", equalTo(1))
        .body("sum", equalTo(5));
  }

  @Test
  void aTokenOfAnotherSiteOrAnAlteredOneIsRefused() {
    String foreign =
        TestSite.create(postgres)
            .asPage()
            .contentType("text/plain")
            .body("{\"stars\":5}")
            .put(site.path(A))
            .path("voter");
    TestSite other = TestSite.create(postgres);
    other
        .asPage()
        .contentType("text/plain")
        .body("{\"stars\":5,\"voter\":\"" + foreign + "\"}")
        .put(other.path(A))
        .then()
        .statusCode(422)
        .body("errors.field", contains("voter"));
    char last = foreign.charAt(20) == 'A' ? 'B' : 'A';
    vote(A, 5, foreign.substring(0, 20) + last + foreign.substring(21)).statusCode(422);
  }

  @Test
  void aClosedRatingTakesNoVotes() {
    TestSite closed = TestSite.create(postgres, "\"rating\":false");
    closed
        .asPage()
        .contentType("text/plain")
        .body("{\"stars\":5}")
        .put(closed.path(A))
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:luot:problem:rating-closed"));
    TestSite page = TestSite.create(postgres, "\"ratingClosedPages\":[\"/a\"]");
    page.asPage()
        .contentType("text/plain")
        .body("{\"stars\":5}")
        .put(page.path(A))
        .then()
        .statusCode(403);
    page.hit("/b");
    page.asPage()
        .contentType("text/plain")
        .body("{\"stars\":5}")
        .put(page.path("rating?page=/b"))
        .then()
        .statusCode(200);
  }

  @Test
  void aVoteMakesNoPageKnown() {
    site = TestSite.create(postgres, "\"knownPagesOnly\":true");
    String page = "INSERT INTO page (site_id, page, path, first_seen) VALUES (%d, %d, '/a', now())";
    site.database.execute(page.formatted(site.id, key("/a")));
    String voter = newVoter(A, 5);
    vote("rating?page=/made-up", 5, voter)
        .statusCode(403)
        .body("type", equalTo("urn:luot:problem:rating-closed"));
    withdraw("rating?page=/made-up", voter).statusCode(200).body("count", equalTo(0));
    newVoter(PORTAL, 4);
  }

  private static long key(String path) {
    return Page.of(path).key();
  }

  @Test
  void aTokenUsedFasterThanPeopleVoteIsHeldAndNotCounted() {
    String voter = newVoter(A, 5);
    site.hit("/b");
    vote("rating?page=/b", 5, voter).body("held", equalTo("fresh-token")).body("count", equalTo(0));
    await()
        .until(
            () ->
                site.database.table(
                    "SELECT held FROM vote WHERE held IS NOT NULL AND site_id = " + site.id),
            "fresh-token"::equals);
    site.database.execute("UPDATE vote SET held = NULL WHERE site_id = " + site.id);
    assertEquals(
        2,
        site.database.number("SELECT sum(five) FROM rating_total WHERE site_id = " + site.id),
        "admitted");
  }

  @Test
  void newVotersBeyondTheirNetworksShareAreHeldAndNobodyElseIs() {
    for (int i = 0; i < 50; i++) {
      vote(A, 5, null).statusCode(200);
    }
    String nonce = nonce();
    voteAgain(1, nonce).body("held", equalTo("network")).body("count", equalTo(50));
    voteAgain(2, nonce).body("held", equalTo("network")).body("mine", equalTo(2));
    site.hit("/b");
    vote("rating?page=/b", 5, null).statusCode(200).body("held", nullValue());
    vote(PORTAL, 4, null).statusCode(200).body("count", equalTo(1));
    awaitCounted("0 0 0 0 50\n0 0 0 0 1\n0 0 0 1 0");
  }

  @Test
  void onlyPagesThatWereViewedAreRated() {
    vote("rating?page=/made-up", 5, null)
        .statusCode(403)
        .body("type", equalTo("urn:luot:problem:rating-closed"));
    site.hit("/made-up");
    vote("rating?page=/made-up", 5, null).statusCode(200).body("count", equalTo(1));
  }

  @Test
  void aKeyThatPostgresLostIsPutBack() {
    String voter = newVoter(A, 2);
    site.database.execute("DELETE FROM token_key");
    await().until(() -> site.database.number("SELECT count(*) FROM token_key") > 1);
    vote(A, 4, voter).statusCode(200).body("count", equalTo(1)).body("sum", equalTo(4));
  }

  @Test
  void aFormSentTwiceIsOneVoteAndAnotherBrowsersIsAnother() throws Exception {
    for (String nonce : List.of("", "&nonce=" + nonce())) {
      String page = "/form" + nonce.length();
      site.hit(page);
      String form = "stars=4&page=" + page + nonce + "&back=" + TestSite.ORIGIN + "/a";
      assertEquals(303, postForm("", form).statusCode());
      assertEquals(303, postForm("", form.replace("stars=4", "stars=5")).statusCode());
      site.asPage().get(site.path("rating?page=" + page)).then().body("sum", equalTo(5));
      given()
          .redirects()
          .follow(false)
          .header("Origin", TestSite.ORIGIN)
          .header("Accept-Language", "vi")
          .contentType("application/x-www-form-urlencoded")
          .body("stars=1&page=" + page + "&back=" + TestSite.ORIGIN + "/a")
          .post(site.path("rating"));
      site.asPage().get(site.path("rating?page=" + page)).then().body("count", equalTo(2));
    }
  }

  private HttpResponse<String> postForm(String charset, String form) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + RestAssured.port + site.path("rating")))
            .header("Origin", TestSite.ORIGIN)
            .header("Content-Type", "application/x-www-form-urlencoded" + charset)
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', stars=5&page=%zz",
    "'', page=%zz&stars=5",
    "'', stars=5&page=/a%2",
    "'', stars=5&%zz=1",
    "; charset=nonsense, stars=5&page=/a",
    "; charset=a b, stars=5&page=/a"
  })
  void aBrokenFormIsMalformed(String charset, String form) throws Exception {
    HttpResponse<String> answer = postForm(charset, form);
    assertEquals(400, answer.statusCode(), answer::body);
    assertEquals(
        "application/problem+json",
        answer.headers().firstValue("Content-Type").orElse("").split(";")[0]);
  }

  @Test
  void aFormTooLargeIsRefused() throws Exception {
    assertEquals(413, postForm("", "stars=5&page=/" + "a".repeat(2048)).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "'', /t%E1%BB%89nh+a%20b, /tỉnh a b",
    "; charset=UTF-8, %2Ft%e1%bb%89nh, /tỉnh",
    "; charset=iso-8859-1, /caf%E9, /café"
  })
  void ofAFieldSentTwiceTheFirstCountsAndOthersAreIgnored(String charset, String page, String read)
      throws Exception {
    String encoded = URLEncoder.encode(read, StandardCharsets.UTF_8);
    site.hit(encoded.replace("%2F", "/").replace("+", "%20")).statusCode(200);
    String form = "colour&=&&a=b=c&stars=4&stars=1&page=%s&voter=&back=%s/a#top";
    HttpResponse<String> answer = postForm(charset, form.formatted(page, TestSite.ORIGIN));
    assertEquals(303, answer.statusCode(), answer::body);
    assertEquals(TestSite.ORIGIN + "/a#top", answer.headers().firstValue("Location").orElse(""));
    site.asPage().get(site.path("rating?page=" + read)).then().body("sum", equalTo(4));
  }

  @Test
  void pagesAreRankedByBayesianAverage() {
    newVoter("rating?page=/one-five", 5);
    for (int i = 0; i < 20; i++) {
      newVoter("rating?page=/many-fours", i % 2 == 0 ? 5 : 4);
    }
    newVoter("rating?page=/bad", 1);
    for (String period : List.of("all", "today")) {
      await()
          .untilAsserted(
              () ->
                  site.asPage()
                      .get(site.path("pages/top?by=rating&period=" + period))
                      .then()
                      .body("pages.path", contains("/many-fours", "/one-five", "/bad"))
                      .body("pages.rating.average", contains(4.5f, 5, 1)));
    }
  }

  @Test
  void aNewKeySignsNewTokensAndInvalidatesNoOldOne() {
    String old = newVoter(A, 2);
    site.database.execute(
        "INSERT INTO token_key (secret, created_at) VALUES (decode(repeat(md5(random()::text), 2),"
            + " 'hex'), now() - interval '61 seconds')");
    await().until(() -> keyOf(newVoter("rating?page=/b", 5)) != keyOf(old));
    vote(A, 4, old).statusCode(200).body("sum", equalTo(4));
  }

  @Test
  void tokensOfARevokedKeyAreRefused() {
    String old = newVoter(A, 2);
    site.database.execute("UPDATE token_key SET revoked_at = now()");
    await()
        .untilAsserted(
            () -> vote(A, 4, old).statusCode(422).body("errors[0].field", equalTo("voter")));
    vote(A, 3, newVoter(A, 5)).statusCode(200);
    // As after a restore from before.
    site.database.execute("UPDATE token_key SET revoked_at = NULL");
    String forgotten = "SELECT count(*) FROM token_key WHERE revoked_at IS NOT NULL";
    await().until(() -> site.database.number(forgotten) > 0);
    vote(A, 4, old).statusCode(422);
  }

  private static int keyOf(String token) {
    return ByteBuffer.wrap(Base64.getUrlDecoder().decode(token)).getInt(20);
  }
}

package vn.luot.admin.votes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static vn.luot.admin.OperatorKey.as;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;

@Tag("packaged")
@QuarkusTest
class VotesTest extends SiteTest {
  private String votes() {
    return "/admin/v1/sites/" + site.slug + "/votes";
  }

  private ValidatableResponse list(String query) {
    return asOperator().get(votes() + (query.isEmpty() ? "" : "?" + query)).then();
  }

  /** Returns the voter's token. */
  private String vote(String page, int stars, String token) {
    site.hit(page).statusCode(200);
    return site.asPage()
        .contentType("text/plain")
        .body(
            token == null
                ? "{\"stars\":" + stars + "}"
                : "{\"stars\":" + stars + ",\"voter\":\"" + token + "\"}")
        .put(site.path("rating?page=" + page))
        .then()
        .statusCode(200)
        .extract()
        .path("voter");
  }

  private ValidatableResponse rating(String page) {
    return site.asPage().get(site.path("rating?page=" + page)).then();
  }

  private ValidatableResponse remove(long id) {
    return asOperator(Map.of("reason", "gian lận")).delete(votes() + "/" + id).then();
  }

  private ValidatableResponse admit(long id) {
    return asOperator(Map.of("reason", "a real reader"))
        .post(votes() + "/" + id + "/admission")
        .then();
  }

  private int onlyVote() {
    return list("").body("votes", hasSize(1)).extract().path("votes[0].id");
  }

  @Test
  void aVoteIsListedAtOnceWithoutItsVoter() {
    String token = vote("/a", 4, null);
    list("")
        .statusCode(200)
        .body("votes.page", contains("/a"))
        .body("votes.stars", contains(4))
        .body("votes[0].held", nullValue())
        .body("votes[0].judgement", nullValue())
        .body("votes[0].keySet().size()", equalTo(6))
        .body(not(containsString(token)));
    String uuid = site.database.table("SELECT voter FROM vote WHERE site_id = " + site.id);
    list("").body(not(containsString(uuid)));
  }

  @Test
  void aRemovedVoteNeverCountsAgainWhateverItsVoterDoes() {
    vote("/a", 5, null);
    String token = vote("/a", 1, null);
    int id = list("").extract().path("votes.find { it.stars == 1 }.id");
    rating("/a").body("count", equalTo(2)).body("sum", equalTo(6));
    remove(id).statusCode(204);
    rating("/a").body("count", equalTo(1)).body("sum", equalTo(5));
    vote("/a", 2, token);
    rating("/a").body("count", equalTo(1)).body("sum", equalTo(5));
    list("").body("votes.stars", contains(5));
    rating("/a").body("count", equalTo(1)).body("sum", equalTo(5));
    await()
        .until(
            () ->
                site.database.table(
                    "SELECT stars, held FROM vote WHERE site_id = " + site.id + " ORDER BY stars"),
            "2 removed\n5 null"::equals);
    assertEquals(
        "5",
        site.database.table(
            "SELECT one + 2 * two + 5 * five FROM rating_total WHERE site_id = " + site.id));
  }

  @Test
  void removingIsAuditedOnceAndSeen() {
    vote("/a", 5, null);
    int id = onlyVote();
    remove(id).statusCode(204);
    remove(id).statusCode(204);
    list("").body("votes", hasSize(0));
    list("held=removed")
        .body("votes[0].held", equalTo("removed"))
        .body("votes[0].judgement.action", equalTo("removed"))
        .body("votes[0].judgement.reason", equalTo("gian lận"))
        .body("votes[0].judgement.by", equalTo("first operator key"));
    assertEquals(
        1, site.database.number("SELECT count(*) FROM vote_entry WHERE site_id = " + site.id));
  }

  @Test
  void aVoteFlushedAgainStaysRemoved() {
    vote("/a", 5, null);
    int id = onlyVote();
    remove(id).statusCode(204);
    site.database.execute("UPDATE vote SET revision = revision - 1 WHERE site_id = " + site.id);
    rating("/a").body("count", equalTo(0)).body("average", nullValue());
  }

  @Test
  void aHeldVoteIsAdmittedByItsOwner() {
    site.database.execute(
        """
        INSERT INTO vote (site_id, page, voter, stars, held, revision, changed_at)
        VALUES (%d, %d, gen_random_uuid(), 3, 'fresh-token', 1, now())
        """
            .formatted(site.id, vn.luot.site.page.Page.PORTAL.key()));
    list("held=false").body("votes", hasSize(0));
    int id =
        list("held=true&page=~portal")
            .body("votes[0].held", equalTo("fresh-token"))
            .body("votes[0].page", nullValue())
            .extract()
            .path("votes[0].id");
    admit(id).statusCode(204);
    list("held=false").body("votes[0].judgement.action", equalTo("admitted"));
    site.asPage().get(site.path("rating")).then().body("count", equalTo(1)).body("sum", equalTo(3));
    admit(id).statusCode(409);
    remove(id).statusCode(204);
    admit(id).statusCode(204);
  }

  private ValidatableResponse judge(String action, List<?> ids) {
    return asOperator(Map.of("action", action, "ids", ids, "reason", "one office"))
        .post(votes() + "/judgements")
        .then();
  }

  @Test
  void manyVotesAreJudgedAtOnce() {
    for (int stars = 1; stars <= 3; stars++) {
      vote("/a", stars, null);
    }
    List<Integer> ids = list("").body("summed", equalTo(0)).extract().path("votes.id");
    judge("remove", ids).statusCode(200).body("changed", equalTo(3));
    judge("remove", ids).statusCode(200).body("changed", equalTo(0));
    rating("/a").body("count", equalTo(0));
    judge("admit", ids.subList(0, 2)).body("changed", equalTo(2));
    rating("/a").body("count", equalTo(2)).body("sum", equalTo(5));
    list("held=removed").body("votes.judgement.reason", contains("one office"));
    judge("hide", ids).statusCode(422).body("errors.field", contains("action"));
    judge("admit", List.of()).statusCode(422).body("errors.field", contains("ids"));
  }

  @Test
  void theReasonMayBeAParameterAndMustBeGiven() {
    vote("/a", 5, null);
    int id = onlyVote();
    asOperator()
        .delete(votes() + "/" + id)
        .then()
        .statusCode(422)
        .body("errors[0].field", equalTo("reason"));
    asOperator().delete(votes() + "/" + id + "?reason=\t").then().statusCode(422);
    asOperator().delete(votes() + "/" + id + "?reason=fraud").then().statusCode(204);
    asOperator("{\"why\":\"x\"}").delete(votes() + "/" + id).then().statusCode(422);
    asOperator().delete(votes() + "/987654321?reason=x").then().statusCode(404);
    asOperator().delete(votes() + "/x?reason=x").then().statusCode(404);
  }

  @Test
  void nobodyJudgesVotesOfAnotherSiteOrAsAReader() {
    vote("/a", 5, null);
    int id = onlyVote();
    TestSite another = TestSite.create(postgres);
    asOperator()
        .delete("/admin/v1/sites/" + another.slug + "/votes/" + id + "?reason=x")
        .then()
        .statusCode(404);
    as(OperatorKey.make(site.slug, "reader"))
        .delete(votes() + "/" + id + "?reason=x")
        .then()
        .statusCode(403);
    rating("/a").body("count", equalTo(1));
  }

  @Test
  void votesAreListedPartByPartTheLastChangedFirst() {
    for (int stars = 1; stars <= 5; stars++) {
      vote("/p" + stars, stars, null);
    }
    String cursor = list("limit=2").body("votes.stars", contains(5, 4)).extract().path("next");
    cursor =
        list("limit=2&cursor=" + cursor).body("votes.stars", contains(3, 2)).extract().path("next");
    list("limit=2&cursor=" + cursor).body("votes.stars", contains(1)).body("next", nullValue());
    list("page=/p3").body("votes.stars", contains(3));
    list("held=true&cursor=" + cursor).statusCode(422);
    list("limit=2&cursor=" + forged(cursor)).statusCode(422);
    list("held=maybe").statusCode(422);
    list("page=/a/../b").statusCode(422);
  }

  /** Of a moment that PostgreSQL does not know. */
  private static String forged(String cursor) {
    String place = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    String late = place.replaceFirst("\n.*\n", "\n+294277-01-01T00:00:00Z\n");
    return Base64.getUrlEncoder().encodeToString(late.getBytes(UTF_8));
  }
}

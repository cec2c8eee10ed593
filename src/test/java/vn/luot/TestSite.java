package vn.luot;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import vn.luot.admin.OperatorKey;
import vn.luot.openapi.DocumentedAnswers;
import vn.luot.standalone.Postgres;

/** A site of its own for one test, so that tests may share stores and run in any order. */
public final class TestSite {
  public static final String ORIGIN = "https://portal.example";

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration EVERY = Duration.ofMillis(20);

  public final Database database;
  public final String slug = "t" + UUID.randomUUID().toString().substring(0, 8);
  public final int id;

  private TestSite(Database database, String rules) {
    this.database = database;
    String insert =
        """
        INSERT INTO site (rules) VALUES ('{"id":"%s","name":"Test","origins":["%s"],"repeatViewSeconds":0,"clientHitsPerMinute":0,"listedAfterNetworks":0}'::jsonb || '{%s}') RETURNING id
        """
            .formatted(slug, ORIGIN, rules);
    // Until PostgreSQL answers and has its tables.
    id = soon().ignoreExceptions().until(() -> (int) database.number(insert), made -> true);
  }

  /**
   * With no rule that leaves hits uncounted or pages unlisted, since all of a test's come from one
   * client and many are for one page; once the application knows it.
   */
  public static TestSite create(Postgres postgres) {
    return create(postgres, "");
  }

  /** {@code rules} are fields of JSON, as owners send them. */
  public static TestSite create(Postgres postgres, String rules) {
    TestSite site = new TestSite(new Database(postgres), rules);
    // Any change lets the application read its registry at once.
    OperatorKey.asOperator("{}").patch("/admin/v1/sites/" + site.slug);
    soon()
        .until(
            () -> site.asPage().get(site.path("methodology")).statusCode(),
            s -> s != 404 && s != 503);
    return site;
  }

  /** It looks at once: hundreds of tests begin with this. */
  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(EVERY).atMost(SOON);
  }

  public String path(String call) {
    return "/v1/sites/" + slug + "/" + call;
  }

  /** A request as a page of the site sends it. */
  public RequestSpecification asPage() {
    return given().filter(DocumentedAnswers.filter()).header("Origin", ORIGIN);
  }

  public ValidatableResponse hit(String page) {
    return send("{\"page\":\"" + page + "\",\"title\":\"Title of " + page + "\"}");
  }

  /** A hit, as JSON. */
  public ValidatableResponse send(String hit) {
    return asPage().contentType("text/plain").body(hit).post(path("hits")).then();
  }

  /** What an operator reads of the site. */
  public ValidatableResponse owners(String call) {
    return OperatorKey.asOperator().get("/admin/v1/sites/" + slug + "/" + call).then();
  }

  /**
   * Waits until PostgreSQL's total of the site is this, and until it has the names of all pages:
   * one that came during a flush may be of the next. An owner's question makes it come at once.
   */
  public void awaitFlushed(long views) {
    owners("pages?limit=1");
    String flushed =
        "SELECT views FROM site_total WHERE site_id = %1$d AND NOT EXISTS (SELECT FROM page_views"
            + " LEFT JOIN page USING (site_id, page) WHERE site_id = %1$d AND path IS NULL)";
    soon().until(() -> database.table(flushed.formatted(id)), Long.toString(views)::equals);
  }
}

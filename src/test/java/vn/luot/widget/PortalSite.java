package vn.luot.widget;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static vn.luot.admin.OperatorKey.asOperator;

import io.restassured.specification.RequestSpecification;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.UUID;
import vn.luot.Database;
import vn.luot.standalone.Postgres;

/** A site of its own for one test, whose pages come from the {@link Portal}. */
record PortalSite(Database database, String slug, String origin, long id) {

  /** Registered, but not yet known to the application: history may still be written. */
  static PortalSite register(Postgres postgres, String origin) {
    return register(postgres, "w" + UUID.randomUUID().toString().substring(0, 12), origin);
  }

  static PortalSite register(Postgres postgres, String slug, String origin) {
    var database = new Database(postgres);
    // Where repeated views are not counted, a test that reloads would have to wait; all readers are
    // one network.
    String insert =
        """
        INSERT INTO site (rules)
        VALUES ('{"id":"%s","name":"Portal","origins":["%s"],"requireOrigin":false,"repeatViewSeconds":0,"listedAfterNetworks":0}')
        ON CONFLICT (slug) DO UPDATE SET rules = excluded.rules RETURNING id
        """
            .formatted(slug, origin);
    // Until PostgreSQL answers and has its tables.
    long id = await().ignoreExceptions().until(() -> database.number(insert), made -> true);
    return new PortalSite(database, slug, origin, id);
  }

  /** As if it had been counted before: an old day's register. */
  PortalSite withViews(long views, long visits) {
    database.execute(
        "INSERT INTO hourly_views VALUES (%d, '2020-01-01', '2020-01-01T00:00Z', 1, %d, %d)"
            .formatted(id, views, visits));
    return this;
  }

  PortalSite withPageViews(String path, long views) {
    database.execute(
        "INSERT INTO page_views VALUES (%d, '2020-01-01', %d, 1, %d)"
            .formatted(id, key(path), views));
    return this;
  }

  /** As if so many voters had given so many stars; {@code ~portal} stands for the portal itself. */
  PortalSite withVotes(String path, int stars, int voters) {
    database.execute(
        "INSERT INTO vote (site_id, page, voter, stars, revision, changed_at)"
            + " SELECT %d, %d, gen_random_uuid(), %d, 1, now() FROM generate_series(1, %d)"
                .formatted(id, key(path), stars, voters));
    return this;
  }

  /** The key that {@code vn.luot.site.page.Page} files a path under. */
  private static long key(String path) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8))).getLong()
          & (1L << 60) - 1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  PortalSite awaitKnown() {
    if (!isKnown()) {
      // A change by the application itself is known to it at once.
      asOperator("{}").patch("/admin/v1/sites/" + slug);
    }
    await().pollDelay(Duration.ZERO).until(this::isKnown);
    return this;
  }

  private boolean isKnown() {
    return request().get(path("methodology")).statusCode() == 200;
  }

  RequestSpecification request() {
    return given().header("Origin", origin);
  }

  String path(String call) {
    return "/v1/sites/" + slug + "/" + call;
  }

  /** What is read may be a second old. */
  void awaitViews(long views) {
    await("views").until(this::views, found -> found == views);
  }

  /** What lists rank is what PostgreSQL has. */
  void awaitFlushed(long views) {
    asOperator().get("/admin/v1/sites/" + slug + "/pages?limit=1");
    await("flush")
        .until(
            () -> database.table("SELECT views FROM site_total WHERE site_id = " + id),
            Long.toString(views)::equals);
  }

  long views() {
    return request().get(path("counters")).then().extract().jsonPath().getLong("views.total");
  }
}

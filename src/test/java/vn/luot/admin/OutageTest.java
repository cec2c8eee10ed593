package vn.luot.admin;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static vn.luot.admin.OperatorKey.as;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Redis;

/** What owners are answered while a store is down. */
@QuarkusTest
class OutageTest {

  Postgres postgres;
  Redis redis;
  TestSite site;

  @BeforeEach
  void aSiteWithOneView() {
    assumeTrue(postgres != null && redis != null, "stopping stores takes our own");
    site = TestSite.create(postgres);
    site.hit("/a").statusCode(200);
    site.awaitFlushed(1);
  }

  private ValidatableResponse read(String call) {
    return site.owners(call);
  }

  private static ValidatableResponse status() {
    return asOperator().get("/admin/v1/status").then().statusCode(200);
  }

  @Test
  void withoutPostgresNumbersAreRefusedForNowAndTheStatusSaysWhy() {
    String reader = OperatorKey.make(site.slug, "reader");
    postgres.stop();
    try {
      // Each waits a moment for a flush first, so these stand for all that read after one.
      for (String call : List.of("pages", "export", "baselines")) {
        read(call)
            .statusCode(503)
            .contentType("application/problem+json")
            .header("Retry-After", notNullValue());
      }
      as(reader).get("/admin/v1/sites/" + site.slug + "/series").then().statusCode(503);
      // What was read within the last second is said again.
      await()
          .untilAsserted(
              () ->
                  status()
                      .body("stores.postgres.up", equalTo(false))
                      .body("stores.postgres.version", nullValue())
                      .body("stores.redis.up", equalTo(true)));
    } finally {
      postgres.restart();
    }
    await().untilAsserted(() -> read("pages").body("pages[0].views", equalTo(1)));
  }

  @Test
  void withoutRedisNumbersAreThoseOfTheLastFlushAndSaySo() {
    redis.freeze();
    Instant frozen = Instant.now();
    try {
      String asOf =
          read("pages")
              .statusCode(200)
              .body("pages[0].views", equalTo(1))
              .body("asOf", notNullValue())
              .extract()
              .path("asOf");
      assertTrue(OffsetDateTime.parse(asOf).toInstant().isBefore(frozen), asOf);
      await()
          .untilAsserted(
              () ->
                  status()
                      .body("stores.redis.up", equalTo(false))
                      .body("stores.postgres.up", equalTo(true))
                      .body("flush.unflushedRegisters", nullValue()));
    } finally {
      redis.thaw();
    }
    await().untilAsserted(() -> site.hit("/a").statusCode(200));
    await().untilAsserted(() -> read("pages").body("pages[0].views", greaterThanOrEqualTo(2)));
  }
}

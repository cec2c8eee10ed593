package vn.luot.admin.status;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static vn.luot.admin.OperatorKey.as;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.standalone.Postgres;

@Tag("packaged")
@QuarkusTest
class StatusTest {
  Postgres postgres;

  @Test
  void whoeverMayReadSeesHowLuotIs() {
    TestSite site = TestSite.create(postgres);
    site.hit("/a").statusCode(200);
    String key = OperatorKey.make(site.slug, "reader");
    await().until(() -> as(key).get("/admin/v1/status").path("flush.flushedAt") != null);
    as(key)
        .get("/admin/v1/status")
        .then()
        .statusCode(200)
        .body("version", notNullValue())
        .body("schemaVersion", notNullValue())
        .body("stores.postgres.up", equalTo(true))
        .body("stores.postgres.version", startsWith("1"))
        .body("stores.postgres.latencyMillis", greaterThan(0f))
        .body("stores.redis.up", equalTo(true))
        .body("stores.redis.version", notNullValue())
        .body("flush.flushedAt", notNullValue())
        .body("flush.lagSeconds", greaterThanOrEqualTo(0f))
        .body("flush.unflushedRegisters", greaterThanOrEqualTo(0))
        .body("epochs", equalTo(1));
  }
}

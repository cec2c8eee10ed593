package vn.luot.admin.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.as;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.standalone.Postgres;

@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverviewTest {
  private static final int MANY = 200;

  /** After the names of all other tests' sites. */
  private final String prefix = "zz" + UUID.randomUUID().toString().substring(0, 8) + "-";

  @TempDir Path folder;
  @Inject Redis redis;
  Postgres postgres;
  TestSite site;

  @BeforeEach
  void makeSites() {
    if (site != null) {
      return;
    }
    site = TestSite.create(postgres);
    site.database.execute(
        """
        INSERT INTO site (rules) SELECT jsonb_build_object('id', '%1$s' || to_char(n, 'FM000'), 'name', 'Site ' || n,
          'origins', '["https://portal.example"]'::jsonb,
          'labels', CASE WHEN n < 3 THEN '["Bắc Ninh", "Sở"]'::jsonb ELSE '["Sở"]'::jsonb END)
        FROM generate_series(1, %2$d) AS n;
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits)
        SELECT id, (h AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, h, 7, 1, 0 FROM site,
          generate_series((date_trunc('day', now() AT TIME ZONE 'Asia/Ho_Chi_Minh') - interval '1 day')
            AT TIME ZONE 'Asia/Ho_Chi_Minh', now(), '1 hour') AS h
        WHERE slug IN ('%1$s001', '%1$s002');
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits)
        SELECT id, (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - 10, now() - interval '10 days', 7, 5, 1 FROM site
        WHERE slug = '%1$s003'
        """
            .formatted(prefix, MANY));
    asOperator("{}").patch("/admin/v1/sites/" + prefix + "001");
    await().until(() -> read().getList("sites").size(), n -> n == MANY);
  }

  @AfterAll
  void removeSites() {
    site.database.execute("DELETE FROM site WHERE slug LIKE '" + prefix + "%'; SELECT sweep()");
  }

  private JsonPath read() {
    return asOperator()
        .get("/admin/v1/overview?limit=%d&after=%s".formatted(MANY, prefix))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  @Test
  void constantTrafficHasNotChangedAndLabelsAreSummedUp() {
    JsonPath all = read();
    assertEquals(
        all.getLong("sites[0].numbers.todayUntilHour"),
        all.getLong("sites[0].numbers.yesterdayUntilHour"));
    assertEquals(24, all.getLong("sites[0].numbers.yesterday"));
    long total = all.getLong("sites[0].numbers.total");
    assertEquals(total, 24 + all.getLong("sites[0].numbers.today"));
    assertEquals(0, all.getLong("sites[0].silentDays"));
    assertEquals(9, all.getLong("sites[2].silentDays"));
    assertNull(all.get("sites[3].silentDays"));
    assertNull(all.get("sites[3].lastViewAt"));
    assertEquals("[Bắc Ninh, Sở]", all.getString("labels.label"));
    assertEquals(2, all.getInt("labels[0].sites"));
    assertEquals(2 * total, all.getLong("labels[0].sum.total"));
    assertEquals(MANY, all.getInt("labels[1].sites"));
    assertEquals(2 * total + 5, all.getLong("labels[1].sum.total"));
    assertEquals(2 * total + 5, all.getLong("sum.total"));
  }

  @Test
  void howeverManySitesRedisIsAskedOnce() throws Exception {
    long before = calls();
    for (int i = 0; i < 10; i++) {
      read();
    }
    long asked = calls() - before;
    assertTrue(asked < 5 * MANY, asked + " calls of scripts for 10 answers");
  }

  /** Scripts called so far, by whomever. */
  private long calls() throws Exception {
    String stats =
        redis
            .send(Request.cmd(Command.INFO).arg("commandstats"))
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .toString();
    return stats
        .lines()
        .filter(line -> line.startsWith("cmdstat_evalsha:"))
        .mapToLong(line -> Long.parseLong(line.split("calls=")[1].split(",")[0]))
        .sum();
  }

  @Test
  void aKeyOfOneSiteSeesThatOne() {
    site.hit("/a").statusCode(200);
    site.awaitFlushed(1);
    String key = OperatorKey.make(site.slug, "reader");
    as(key)
        .get("/admin/v1/overview")
        .then()
        .statusCode(200)
        .body("sites.id", contains(site.slug))
        .body("sites[0].numbers.today", equalTo(1))
        .body("sites[0].numbers.online", equalTo(1))
        .body("labels", hasSize(0))
        .body("next", nullValue());
    as(key)
        .get("/admin/v1/me")
        .then()
        .statusCode(200)
        .body("role", equalTo("reader"))
        .body("everySite", equalTo(false));
    asOperator().get("/admin/v1/me").then().body("everySite", equalTo(true));
  }

  /** Of the sites with the label Bắc Ninh, as other tests have sites too. */
  @Test
  void sitesAreSummedUpByDayAndFillASpreadsheet() throws IOException {
    LocalDate today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
    String label = "label=nhãn " + prefix;
    site.database.execute(
        "UPDATE site SET rules = jsonb_set(rules, '{labels}', (rules->'labels') || '[\"nhãn %1$s\"]') WHERE slug IN ('%1$s001', '%1$s003')"
            .formatted(prefix));
    JsonPath days =
        await()
            .until(
                () ->
                    days(
                        "from=%s&to=%s&".formatted(today.minusDays(20), today.minusDays(1))
                            + label),
                answer -> answer.getInt("sites") == 2);
    assertEquals(
        List.of(today.minusDays(10).toString(), today.minusDays(1).toString()),
        days.getList("days.day"));
    assertEquals(List.of(5, 24), days.getList("days.views"));
    assertEquals(List.of(1, 0), days.getList("days.visits"));
    assertEquals(3, days(label).getList("days").size());
    byte[] file =
        asOperator()
            .get("/admin/v1/overview/report?language=en&" + label)
            .then()
            .statusCode(200)
            .header("Content-Disposition", equalTo("attachment; filename=\"luot.xlsx\""))
            .extract()
            .asByteArray();
    String sheets = sheets(file);
    assertTrue(
        sheets.contains("Yesterday by this hour") && sheets.contains(prefix + "003"), sheets);
    assertTrue(sheets.contains("<v>24</v>") && !sheets.contains(prefix + "002"), sheets);
    asOperator().get("/admin/v1/overview/report?language=fr").then().statusCode(422);
    site.database.execute(
        "UPDATE site SET rules = jsonb_set(rules, '{labels}', (rules->'labels') - 'nhãn %1$s') WHERE slug LIKE '%1$s%%'"
            .formatted(prefix));
    await().until(() -> !read().getString("labels.label").contains("nhãn"));
  }

  private static JsonPath days(String query) {
    return asOperator()
        .get("/admin/v1/overview/days?" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /** By the file's directory, as spreadsheets read it. */
  private String sheets(byte[] file) throws IOException {
    Path written = Files.write(folder.resolve("luot.xlsx"), file);
    StringBuilder text = new StringBuilder();
    try (ZipFile zip = new ZipFile(written.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        text.append(new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
      }
    }
    return text.toString();
  }

  @Test
  void sitesAreListedPartByPart() {
    asOperator()
        .get("/admin/v1/overview?limit=2&after=" + prefix)
        .then()
        .body("sites.id", contains(prefix + "001", prefix + "002"))
        .body("next", equalTo(prefix + "002"));
  }

  @Test
  void aLabelThatSaysNothingIsRefused() {
    asOperator("{\"labels\":[\" \"]}")
        .patch("/admin/v1/sites/" + site.slug)
        .then()
        .statusCode(422)
        .body("errors.field", hasItem("labels"));
  }
}

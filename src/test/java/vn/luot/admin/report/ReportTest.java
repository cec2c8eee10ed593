package vn.luot.admin.report;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.luot.SiteTest;

@QuarkusTest
class ReportTest extends SiteTest {
  @TempDir Path folder;

  private ValidatableResponse report(String query) {
    return site.owners("report?" + query);
  }

  /** The parts of the file. */
  private Map<String, String> parts(String query) throws IOException {
    byte[] file = report(query).statusCode(200).extract().asByteArray();
    Path written = Files.write(folder.resolve("report.xlsx"), file);
    Map<String, String> parts = new TreeMap<>();
    // By its directory, as spreadsheets read it.
    try (ZipFile zip = new ZipFile(written.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] part = zip.getInputStream(entry).readAllBytes();
        parts.put(entry.getName(), new String(part, StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  @Test
  void theNumbersOfThePeriodAreInASpreadsheet() throws IOException {
    site.database.execute(
        """
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits, bots) VALUES
          (%1$d, '2026-01-05', '2026-01-05T03:00Z', 7, 4321, 21, 9),
          (%1$d, '2026-01-06', '2026-01-06T03:00Z', 7, 1000, 2, 0),
          (%1$d, '2026-02-06', '2026-02-06T03:00Z', 7, 77777, 2, 0);
        INSERT INTO page (site_id, page, path, title, first_seen) VALUES (%1$d, 1, '/a', '=1+1', now());
        INSERT INTO page_views (site_id, day, page, epoch, views, visits) VALUES
          (%1$d, '2026-01-05', 1, 7, 4000, 20), (%1$d, '2026-01-06', 1, 7, 999, 1);
        INSERT INTO referrer_views (site_id, day, host, epoch, views) VALUES (%1$d, '2026-01-05', 'a.example', 7, 30)
        """
            .formatted(site.id));
    Map<String, String> parts = parts("from=2026-01-01&to=2026-01-31");
    String all = String.join("", parts.values());
    assertTrue(parts.get("xl/workbook.xml").contains("Theo ng&#xe0;y"), parts.keySet().toString());
    String days = parts.get("xl/worksheets/sheet1.xml");
    assertTrue(days.contains("<v>4321</v>") && days.contains("<v>5321</v>"), days);
    assertEquals(-1, days.indexOf("77777"));
    assertTrue(parts.get("xl/worksheets/sheet2.xml").contains("<v>4999</v>"));
    assertTrue(all.contains("a.example") && all.contains("=1+1"));
    assertEquals(-1, all.indexOf("<f>"), "text is no formula");
    assertTrue(parts("language=en").get("xl/workbook.xml").contains("Sources"));
  }

  @Test
  void aWrongQuestionIsRefused() {
    report("language=fr").statusCode(422).body("errors[0].field", equalTo("language"));
    report("from=2016-01-01&to=2026-01-07").statusCode(200);
    report("from=2016-01-01&to=2026-01-08")
        .statusCode(400)
        .body("errors[0].field", equalTo("from"));
  }
}

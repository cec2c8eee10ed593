package vn.luot.admin.export;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.luot.SiteTest;

@Tag("packaged")
@QuarkusTest
class ExportTest extends SiteTest {
  private ValidatableResponse export(String query) {
    return asOperator()
        .get("/admin/v1/sites/" + site.slug + "/export" + (query.isEmpty() ? "" : "?" + query))
        .then();
  }

  private void page(int key, String path, String title) {
    site.database.execute(
        """
        INSERT INTO page VALUES (%1$d, %2$d, '%3$s', %4$s, '2026-01-01T00:00Z');
        INSERT INTO page_views (site_id, day, page, epoch, views) VALUES
          (%1$d, '2026-01-15', %2$d, 7, %2$d), (%1$d, '2026-01-15', %2$d, 8, 1)
        """
            .formatted(site.id, key, path, title));
  }

  @Test
  void aPageOfADayIsALine() {
    page(1, "/a", "'Tin tức'");
    page(2, "/b,c", "'Nói \"không\"'");
    page(3, "/d", "NULL");
    String csv =
        export("")
            .statusCode(200)
            .header("Content-Type", equalTo("text/csv;charset=UTF-8"))
            .header(
                "Content-Disposition",
                equalTo("attachment; filename=\"luot-" + site.slug + "-pages.csv\""))
            .extract()
            .asString();
    assertEquals(
        "day,path,title,views,visits,downloads\r\n"
            + "2026-01-15,/a,Tin tức,2,0,0\r\n"
            + "2026-01-15,\"/b,c\",\"Nói \"\"không\"\"\",3,0,0\r\n"
            + "2026-01-15,/d,,4,0,0\r\n",
        csv);
    export("format=json")
        .header("Content-Type", startsWith("application/json"))
        .body("path", contains("/a", "/b,c", "/d"))
        .body("title", contains("Tin tức", "Nói \"không\"", null))
        .body("views", contains(2, 3, 4))
        .body("[0].day", equalTo("2026-01-15"));
  }

  @Test
  void nothingIsAHeadLineAndAnEmptyArray() {
    assertEquals("day,path,title,views,visits,downloads\r\n", export("").extract().asString());
    assertEquals(List.of(), export("format=json").extract().path("$"));
  }

  @Test
  void excelIsToldThatItIsUtf8() {
    byte[] csv = export("bom=true").extract().asByteArray();
    assertEquals((byte) 0xEF, csv[0]);
    assertEquals((byte) 0xBB, csv[1]);
    assertEquals((byte) 0xBF, csv[2]);
    assertEquals('d', csv[3]);
  }

  @Test
  void whatVisitorsWriteIsNoFormula() {
    page(1, "/a", "'=HYPERLINK(\"http://evil\",\"x\")'");
    page(2, "/b", "'+1'");
    page(3, "/c", "'-1'");
    page(4, "/d", "'@SUM(A1)'");
    page(5, "=e", "E'\\t=1'");
    page(6, "/f", "'Tin;=cmd|''x'''");
    page(7, "/g", "'Tin;\"-1, -1'");
    String csv = export("").extract().asString();
    assertTrue(csv.contains(",\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\","), csv);
    assertTrue(csv.contains(",'+1,") && csv.contains(",'-1,") && csv.contains(",'@SUM(A1),"), csv);
    assertTrue(csv.contains(",'=e,\"'\t'=1\","), csv);
    // As an Excel takes it that expects the other separator.
    assertTrue(csv.contains(",/f,\"Tin;'=cmd|'x'\","), csv);
    assertTrue(csv.contains(",/g,\"Tin;\"\"'-1, -1\","), csv);
  }

  @Test
  void excelOfAnotherLanguageWantsSemicolons() {
    page(1, "/a;b", "'Tin,=1'");
    assertEquals(
        "day;path;title;views;visits;downloads\r\n2026-01-15;\"/a;b\";\"Tin,'=1\";2;0;0\r\n",
        export("separator=semicolon").extract().asString());
  }

  @Test
  void daysReferrersAndVotesAreExportedToo() {
    site.database.execute(
        """
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits, bots) VALUES
          (%1$d, '2026-01-15', '2026-01-15T01:00Z', 7, 5, 2, 3);
        INSERT INTO daily_visitors VALUES (%1$d, '2026-01-15', 2, '');
        INSERT INTO referrer_views (site_id, day, host, epoch, views) VALUES
          (%1$d, '2026-01-15', 'a.example', 7, 4);
        INSERT INTO vote (site_id, page, voter, stars, held, revision, changed_at) VALUES
          (%1$d, 1, gen_random_uuid(), 5, 'fresh-token', 1, '2026-01-14T17:00Z')
        """
            .formatted(site.id));
    assertEquals(
        "day,views,visits,visitors,bots,downloads\r\n2026-01-15,5,2,2,3,0\r\n",
        export("what=days").extract().asString());
    assertEquals(
        "day,host,views\r\n2026-01-15,a.example,4\r\n",
        export("what=referrers").extract().asString());
    export("what=votes&format=json&from=2026-01-15&to=2026-01-15")
        .body("[0].changedAt", equalTo("2026-01-15T00:00+07:00"))
        .body("[0].stars", equalTo(5))
        .body("[0].held", equalTo("fresh-token"))
        .body("[0].page", nullValue())
        .body("[0].keySet().size()", equalTo(5));
    assertEquals(
        "id,changedAt,page,stars,held\r\n",
        export("what=votes&to=2026-01-14").extract().asString());
  }

  @Test
  void whatWasJustCountedIsInIt() {
    site.hit("/now").statusCode(200);
    assertTrue(export("").extract().asString().contains(",/now,Title of /now,1,"));
  }

  @ParameterizedTest
  @CsvSource({
    "format=xml, 422, format",
    "what=all, 422, what",
    "bom=yes, 422, bom",
    "separator=tab, 422, separator",
    "from=2026-02-01&to=2026-01-01, 400, from",
    "to=x, 400, to"
  })
  void aWrongQuestionIsRefusedBeforeAnythingIsSent(String query, int status, String field) {
    export(query)
        .statusCode(status)
        .contentType(containsString("application/problem+json"))
        .body("errors[0].field", equalTo(field));
  }
}

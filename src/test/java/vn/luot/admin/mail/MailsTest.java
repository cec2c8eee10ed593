package vn.luot.admin.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.as;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.standalone.Stores;

/** Who is sent a report, what is in it, and what is told of one that was not sent. */
@Tag("packaged")
@QuarkusTest
class MailsTest extends SiteTest {
  private static final String ADDRESS = "van.phong@agency.example";

  String editor;
  MailServer server;

  @Override
  @BeforeEach
  protected void freshSite() {
    server = MailServer.start(Integer.getInteger(Stores.MAIL_PORT), null);
    site = TestSite.create(postgres, "\"name\":\"Cổng <b>Bắc Ninh</b>\"");
    editor = OperatorKey.make(site.slug, "editor");
  }

  @AfterEach
  void end() {
    server.close();
  }

  private String path(String more) {
    return "/admin/v1/sites/" + site.slug + "/mails" + more;
  }

  private ValidatableResponse add(String key, String address) {
    return as(key)
        .contentType("application/json")
        .body(Map.of("recipient", address))
        .post(path(""))
        .then();
  }

  private int added(String address) {
    return add(editor, address).statusCode(200).extract().path("id");
  }

  private ValidatableResponse send(int id) {
    return as(editor).post(path("/" + id + "/sending")).then();
  }

  private ValidatableResponse list() {
    return as(editor).get(path("")).then().statusCode(200);
  }

  /** As if the last report had been the one before the last. */
  private void due(int id) {
    site.database.execute(
        "UPDATE report_mail SET month = month - interval '1 month' WHERE id = " + id);
  }

  private MimeMessage mail() {
    await().until(() -> !to().isEmpty());
    return to().get(0);
  }

  /** To this test's address; others' reports may be due as well. */
  private List<MimeMessage> to() {
    return server.mails.stream()
        .filter(mail -> header(mail, "Message-ID").contains(site.slug))
        .toList();
  }

  private static String header(MimeMessage mail, String name) {
    try {
      return mail.getHeader(name, " ");
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its parts, those of parts among them. */
  private static List<BodyPart> parts(Part of) throws MessagingException, IOException {
    List<BodyPart> parts = new ArrayList<>();
    if (of.getContent() instanceof Multipart multipart) {
      for (int i = 0; i < multipart.getCount(); i++) {
        parts.add(multipart.getBodyPart(i));
        parts.addAll(parts(multipart.getBodyPart(i)));
      }
    }
    return parts;
  }

  private static BodyPart part(MimeMessage mail, String type) throws Exception {
    for (BodyPart part : parts(mail)) {
      if (part.isMimeType(type)) {
        return part;
      }
    }
    throw new AssertionError(type + " is missing");
  }

  /** A thousand views a month in the last one and the one before it, and 2,000 a year ago. */
  private YearMonth count() {
    // A month is reported from 6 o'clock of the next one on.
    ZonedDateTime due = ZonedDateTime.now(ZoneId.of("Asia/Ho_Chi_Minh")).minusHours(6);
    YearMonth last = YearMonth.from(due).minusMonths(1);
    site.database.execute(
        """
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits)
        SELECT %1$d, d, d + interval '3 hours', 7, n, 10 FROM (VALUES (date '%2$s', 1234), (date '%2$s' - interval '1 month', 1000),
          (date '%2$s' - interval '1 year', 2000), (date '%2$s' - interval '2 years', 5)) AS v (d, n);
        INSERT INTO page (site_id, page, path, title, first_seen, hidden) VALUES
          (%1$d, 1, '/a', '=1+1 <script>alert(1)</script>', now(), false), (%1$d, 2, '/b', 'Hidden', now(), true);
        INSERT INTO page_views (site_id, day, page, epoch, views, visits) VALUES
          (%1$d, '%2$s', 1, 7, 777, 20), (%1$d, '%2$s', 2, 7, 888, 1)
        """
            .formatted(site.id, last.atDay(1)));
    return last;
  }

  @Test
  void theReportOfTheLastMonthIsSentWhenAnOwnerAsksForIt() throws Exception {
    YearMonth last = count();
    int id = added(ADDRESS);
    list().body("on", equalTo(true)).body("mails[0].nextTry", nullValue());
    site.database.execute(
        "UPDATE report_mail SET month = '%s' WHERE id = %d".formatted(last.atDay(1), id));
    send(id)
        .statusCode(200)
        .body("sentAt", notNullValue())
        .body("failure", nullValue())
        .body("month", equalTo(last.toString()));
    send(id).statusCode(429);
    MimeMessage mail = mail();
    String month = last.getMonthValue() + "/" + last.getYear();
    assertEquals("Báo cáo truy cập tháng " + month + ": Cổng <b>Bắc Ninh</b>", mail.getSubject());
    assertEquals(ADDRESS, header(mail, "To"));
    assertEquals("auto-generated", header(mail, "Auto-Submitted"));
    String text = (String) part(mail, "text/plain").getContent();
    assertTrue(text.contains("Lượt xem | 1.234 | 1.000 | +23,4% | 2.000 | -38,3%"), text);
    assertTrue(text.contains("=1+1 <script>alert(1)</script> | 777"), text);
    String html = (String) part(mail, "text/html").getContent();
    assertTrue(html.contains("&lt;script>") || html.contains("&lt;script&gt;"), html);
    assertTrue(
        !html.contains("<script") && !html.contains("<b>") && !html.contains("Hidden"), html);
    assertTrue(html.contains("test editor"), html);
    BodyPart file = part(mail, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assertEquals("bao-cao-" + site.slug + "-" + last + ".xlsx", file.getFileName());
    byte[] book = file.getInputStream().readAllBytes();
    assertEquals("PK", new String(book, 0, 2, US_ASCII));
  }

  @Test
  void aReportThatIsDueIsSentOnceByItself() {
    int id = added(ADDRESS);
    due(id);
    mail();
    await().until(() -> as(editor).get(path("")).then().extract().path("mails[0].sentAt") != null);
    due(id);
    await().until(() -> to().size() == 2);
    assertEquals(header(to().get(0), "Message-ID"), header(to().get(1), "Message-ID"));
  }

  @Test
  void whyAReportWasNotSentIsTold() {
    int id = added(ADDRESS);
    server.answer("RCPT", "550 5.1.1 No such\t\t\tuser");
    send(id)
        .statusCode(200)
        .body("sentAt", nullValue())
        .body("failure", equalTo("550 5.1.1 No such user"));
    server.close();
    site.database.execute("UPDATE report_mail SET asked_at = NULL WHERE id = " + id);
    send(id).statusCode(200).body("failure", equalTo("unreachable"));
    await().until(() -> (int) list().extract().path("mails[0].tries") >= 3);
    list().body("mails[0].sentAt", nullValue()).body("mails[0].failure", equalTo("unreachable"));
  }

  @Test
  void editorsNameAddressesOfAllowedDomainsAndOperatorsAny() {
    add(editor, "a@elsewhere.example").statusCode(403);
    add(editor, "a@agency.example.elsewhere.example").statusCode(403);
    add(editor, "a@notagency.example").statusCode(403);
    add(OperatorKey.make(site.slug, "operator"), "a@elsewhere.example").statusCode(403);
    add(OperatorKey.KEY, "a@elsewhere.example").statusCode(200);
    add(editor, "a@so.AGENCY.example").statusCode(200);
    for (String wrong :
        List.of(
            "",
            "a",
            "a@agency",
            "a b@agency.example",
            "a@agency.example,b@elsewhere.example",
            "a@agency.example\r\nBcc: b@elsewhere.example",
            "A <a@agency.example>",
            "ă@agency.example",
            "a".repeat(65) + "@agency.example")) {
      add(editor, wrong).statusCode(422).body("errors[0].field", equalTo("recipient"));
    }
    list().body("mails", hasSize(2));
  }

  @Test
  void aSiteHasAFewAddressesAndForgetsOneThatIsRemoved() {
    int id = added(ADDRESS);
    assertEquals(id, added(ADDRESS.toUpperCase(Locale.ROOT)));
    added("b@agency.example");
    as(editor).delete(path("/" + id)).then().statusCode(204);
    as(editor).delete(path("/" + id)).then().statusCode(404);
    send(id).statusCode(404);
    added("c@agency.example");
    // Also those removed within a day.
    add(editor, "d@agency.example").statusCode(409).body("detail", containsString("3 addresses"));
    as(editor)
        .contentType("application/json")
        .body(Map.of("recipient", "B@agency.example", "language", "en"))
        .post(path(""))
        .then()
        .statusCode(200)
        .body("language", equalTo("en"));
    list()
        .body("mails[2].recipient", equalTo("v…@agency.example"))
        .body("mails[2].removedBy", containsString("test editor"))
        .body("mails[0].addedBy", containsString("test editor"));
    assertEquals(
        0,
        site.database.number(
            "SELECT count(*) FROM report_mail WHERE address ILIKE '%s' AND site_id = %d"
                .formatted(ADDRESS, site.id)));
    asOperator().get("/admin/v1/sites/" + site.slug + "/mails").then().statusCode(200);
  }

  @Test
  void addressesGoWithTheSite() {
    added(ADDRESS);
    asOperator()
        .delete("/admin/v1/sites/" + site.slug + "?confirm=" + site.slug)
        .then()
        .statusCode(202);
    await()
        .until(
            () ->
                site.database.number("SELECT count(*) FROM report_mail WHERE site_id = " + site.id)
                    == 0);
  }
}

package vn.luot.page;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.as;
import static vn.luot.admin.OperatorKey.asOperator;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.admin.mail.MailServer;
import vn.luot.standalone.Stores;

/** A site is registered, pasted, seen, carried over and set up without any other tool. */
@QuarkusTest
class SetUpTest extends OwnersPage {

  private String operator(TestSite of) {
    return OperatorKey.make(of.slug, "operator");
  }

  /** On the settings of a fresh site. */
  private TestSite settings() {
    TestSite fresh = TestSite.create(postgres);
    owner.enter(operator(fresh));
    owner.click("[data-view=settings]");
    owner.awaitShown("#settings");
    owner.awaitShown("#balances form");
    return fresh;
  }

  private void type(String selector, String text) {
    owner.find(selector).clear();
    owner.find(selector).sendKeys(text);
  }

  private static void hit(String site, String origin, int status) {
    given()
        .header("Origin", origin)
        .contentType("text/plain")
        .body("{\"page\":\"/tin/a\",\"title\":\"Tin a\"}")
        .post("/v1/sites/" + site + "/hits")
        .then()
        .statusCode(status);
  }

  @Test
  void aNewSiteWaitsForItsFirstViewAndSaysWhenItCame() {
    String host = "p" + UUID.randomUUID().toString().substring(0, 8) + ".example";
    String id = host.replace('.', '-');
    owner.enter(OperatorKey.KEY);
    owner.click("[data-view=new]");
    owner.awaitShown("#f-address");
    type("#f-name", "Cổng " + id);
    type("#f-address", host + "/trang-chu");
    assertEquals(id, owner.find("#f-id").getDomProperty("value"));
    assertEquals(4, owner.count("#new [name=origin]"));
    assertEquals(2, owner.count("#new [name=origin]:checked"));
    owner.click("#new .primary");
    owner.awaitShown("#guide textarea");
    assertTrue(
        owner.find("#guide textarea").getDomProperty("value").contains("data-site=\"" + id + "\""));
    assertFalse(owner.shown("#tiles"));
    asOperator()
        .get("/admin/v1/sites/" + id)
        .then()
        .body("origins", equalTo(List.of("https://" + host, "https://www." + host)));
    hit(id, "http://" + host, 403);
    owner.awaitText("#guide .refused tbody th", text -> text.startsWith("http://" + host));
    owner.click("#guide .refused tbody button");
    owner.awaitGone("#guide .refused tbody button");
    asOperator().get("/admin/v1/sites/" + id).then().body("origins", hasItem("http://" + host));
    hit(id, "https://" + host, 200);
    owner.awaitText("#guide .came", "Đã nhận lượt xem đầu tiên.");
    owner.click("#guide .primary");
    owner.awaitText("[data-number=viewsToday]", "1");
    assertTrue(owner.shown("#tiles"));
    owner.click("[data-view=settings]");
    owner.awaitText("#rules .past li:last-child", text -> text.endsWith("Đăng ký trang web"));
    asOperator().delete("/admin/v1/sites/" + id + "?confirm=" + id).then().statusCode(202);
    assertSilent();
  }

  @Test
  void anIdThatIsTakenIsRefusedInTheReadersLanguage() {
    owner.enter(OperatorKey.KEY);
    owner.click("[data-view=new]");
    owner.awaitShown("#f-address");
    type("#f-name", "Cổng");
    type("#f-address", "portal.example");
    type("#f-id", site.slug);
    owner.find("#f-id").sendKeys(Keys.ENTER);
    owner.awaitText("#new .problem", text -> text.startsWith("Không thực hiện được: Mã này"));
    owner.browser.complaints();
  }

  @Test
  void aKeyIsShownOnceAndRevoked() {
    TestSite fresh = settings();
    owner.awaitShown("#f-keyName");
    type("#f-keyName", "Báo cáo");
    owner.click("#keys .fields .primary");
    owner.awaitShown("#keys .made");
    String made = owner.find("#keys .made textarea").getDomProperty("value");
    as(made).get("/admin/v1/sites/" + fresh.slug).then().statusCode(200);
    int id = fresh.owners("keys").extract().path("keys.find { it.name == 'Báo cáo' }.id");
    owner.click("[data-view=numbers]");
    owner.click("[data-view=settings]");
    owner.awaitShown("#keys [data-revoke='" + id + "']");
    owner.awaitGone("#keys .made");
    owner.click("#keys [data-revoke='" + id + "']");
    owner.awaitGone("#keys [data-revoke='" + id + "']");
    // Within seconds, as the pod trusts a key it has just seen.
    await().until(() -> as(made).get("/admin/v1/sites/" + fresh.slug).statusCode(), s -> s == 401);
    assertSilent();
  }

  @Test
  void anOpeningBalanceIsEnteredWithAReason() {
    settings();
    type("#f-views", "2743755");
    owner.find("#balances [name=reason]").sendKeys("Số liệu cổng cũ" + Keys.ENTER);
    owner.awaitText("[data-balance=views]", "2.743.755");
    owner.awaitText("#balances tbody td:last-child", "Số liệu cổng cũ");
    owner.click("[data-view=numbers]");
    owner.awaitText("[data-number=viewsTotal]", "2.743.755");
    assertSilent();
  }

  @Test
  void aRatingThatCannotBeIsRefusedAtItsField() {
    settings();
    type("#f-ratingCount", "2");
    type("#f-ratingSum", "11");
    owner.find("#balances [name=reason]").sendKeys("Cổng cũ" + Keys.ENTER);
    owner.awaitText("#balances .problem", text -> text.contains("Tổng số sao: nhập cả số phiếu"));
    assertEquals("ratingSum", owner.browser.run("return document.activeElement.name"));
    owner.browser.complaints();
  }

  @Test
  void aFileIsCheckedThenImportedAsAWhole(@TempDir Path folder) throws IOException {
    TestSite fresh = settings();
    owner.awaitShown("#import-file");
    Path wrong =
        Files.writeString(folder.resolve("wrong.csv"), "path,views\n/a,7\n/b,many\n/../c,1\n");
    owner.find("#import-file").sendKeys(wrong.toString());
    owner.find("#imports [name=reason]").sendKeys("Cổng cũ");
    owner.click("#imports [name=check]");
    owner.awaitText("#import-report tbody td", "3");
    owner.awaitText(
        "#import-report tbody td:last-child", "views: một số nguyên từ 0, hoặc để trống");
    owner.awaitText(
        "#import-report tbody tr:last-child td:last-child", "path: đường dẫn không được chứa ..");
    owner.awaitText("#import-report p", "Tệp có lỗi; chưa nhập dòng nào.");
    // As a browser drops it.
    owner.browser.run(
        """
        const data = new DataTransfer();
        data.items.add(new File(['path,views\\n~site,100\\n/a,7\\n'], 'good.csv', {type: 'text/csv'}));
        document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        """);
    owner.awaitText("#import-name", text -> text.startsWith("good.csv"));
    owner.click("#imports [name=check]");
    owner.awaitText("#import-report p", text -> text.endsWith("Chưa nhập gì."));
    owner.click("#imports [name=import]");
    owner.awaitText("#import-report p", text -> text.startsWith("Đã nhập"));
    fresh.owners("baselines").body("site.views", equalTo(100));
    assertSilent();
  }

  @Test
  void whatIsAnsweredLateIsNotShownAtTheNextSite() {
    TestSite next = TestSite.create(postgres);
    Object held =
        owner.browser.before(
            """
            const get = fetch;
            fetch = async (address, how) => {
              const answer = await get(address, how);
              if (how?.method === 'POST') {
                await new Promise(done => (window.held ??= []).push(done));
              }
              return answer;
            };
            """);
    owner.arrive();
    owner.browser.forget(held);
    TestSite fresh = TestSite.create(postgres);
    owner.enter(OperatorKey.KEY);
    owner.click("#site option[value=" + fresh.slug + "]");
    owner.awaitBoard();
    owner.click("[data-view=settings]");
    owner.awaitShown("#import-file");
    owner.browser.run(
        """
        const data = new DataTransfer();
        data.items.add(new File(['path,views\\n/a,7\\n'], 'good.csv', {type: 'text/csv'}));
        document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        """);
    owner.find("#imports [name=reason]").sendKeys("Cổng cũ");
    owner.click("#imports [name=import]");
    owner.awaitShown("#f-keyName");
    type("#f-keyName", "Báo cáo");
    owner.click("#keys .fields .primary");
    owner.awaitShown("#f-linkFor");
    type("#f-linkFor", "Sở Tài chính");
    owner.click("#links .primary");
    await().until(() -> owner.browser.run("return held.length"), Long.valueOf(3)::equals);
    owner.click("#site option[value=" + next.slug + "]");
    owner.awaitShown("#f-linkFor");
    owner.awaitShown("#f-keyName");
    owner.browser.run("held.forEach(done => done())");
    owner.browser.settle();
    assertEquals(0, owner.count("#import-report, .made"));
    assertSilent();
  }

  @Test
  void aRefusalSaysInTheReadersLanguageWhatIsInTheWay() {
    TestSite fresh = settings();
    for (String name : List.of("a", "b", "c")) {
      asOperator(Map.of("recipient", name + "@agency.example", "language", "vi"))
          .post("/admin/v1/sites/" + fresh.slug + "/mails")
          .then()
          .statusCode(200);
    }
    owner.awaitShown("#f-recipient");
    type("#f-recipient", "d@agency.example");
    owner.click("#mails .fields .primary");
    owner.awaitText("#mails .fields .problem", text -> text.contains("nhiều nhất 3 địa chỉ"));
    owner.browser.complaints();
  }

  @Test
  void aSettingIsChangedAndARefusalTold() {
    TestSite fresh = settings();
    owner.awaitShown("#rules [name=visitGapSeconds]");
    type("#rules [name=name]", "Tên mới");
    type("#rules [name=labels]", "Bắc Ninh\nSở");
    owner.click("#rules .primary");
    owner.awaitText("#site option", "Tên mới");
    asOperator()
        .get("/admin/v1/sites/" + fresh.slug)
        .then()
        .body("name", equalTo("Tên mới"))
        .body("labels", equalTo(List.of("Bắc Ninh", "Sở")));
    owner.click("#rules details summary");
    owner.awaitText("#rules .past li", text -> text.contains("Nhãn: – → Bắc Ninh, Sở"));
    type("#rules [name=visitGapSeconds]", "100");
    owner.click("#rules .primary");
    owner.awaitText("#rules .problem", text -> text.contains("không ngắn hơn thời gian online"));
    type("#rules [name=visitGapSeconds]", "1800");
    type("#rules [name=origins]", "https://portal.example/");
    owner.click("#rules .primary");
    owner.awaitText("#rules .problem", text -> text.contains("không có dấu /"));
    owner.browser.complaints();
  }

  private static void add(TestSite of, String origin) {
    asOperator(Map.of("origins", List.of(TestSite.ORIGIN, origin)))
        .patch("/admin/v1/sites/" + of.slug)
        .then()
        .statusCode(200);
  }

  @Test
  void whatAnotherOwnerChangedMeanwhileStays() {
    TestSite fresh = TestSite.create(postgres);
    fresh.hit("/a").statusCode(200);
    owner.enter(OperatorKey.make(fresh.slug, "editor"));
    add(fresh, "https://www.portal.example");
    owner.click("[data-view=settings]");
    owner.awaitShown("#rules [name=origins]");
    assertEquals(
        TestSite.ORIGIN + "\nhttps://www.portal.example",
        owner.find("#rules [name=origins]").getDomProperty("value"));
    hit(fresh.slug, "http://portal.example", 403);
    add(fresh, "https://m.portal.example");
    owner.click("[data-view=moderation]");
    owner.awaitShown("#refusals tbody button");
    owner.click("#refusals tbody button");
    owner.awaitGone("#refusals tbody button");
    asOperator()
        .get("/admin/v1/sites/" + fresh.slug)
        .then()
        .body(
            "origins",
            equalTo(List.of(TestSite.ORIGIN, "https://m.portal.example", "http://portal.example")));
    assertSilent();
  }

  @Test
  void aSiteIsDeletedOnceItsIdIsTyped() {
    TestSite fresh = settings();
    owner.awaitShown("#deletion [name=confirm]");
    owner.find("#deletion [name=confirm]").sendKeys("khác");
    assertFalse(owner.find("#deletion .danger").isEnabled());
    type("#deletion [name=confirm]", fresh.slug);
    owner.click("#deletion .danger");
    owner.awaitShown("#no-sites");
    asOperator().get("/admin/v1/sites/" + fresh.slug).then().statusCode(404);
    owner.browser.complaints();
  }

  @Test
  void anEditorMakesALinkThatOpensWithoutAKeyUntilItIsRevoked() {
    TestSite fresh = TestSite.create(postgres);
    fresh.hit("/a").statusCode(200);
    String editor = OperatorKey.make(fresh.slug, "editor");
    owner.enter(editor);
    owner.click("[data-view=settings]");
    owner.awaitShown("#f-linkFor");
    type("#f-linkFor", "Sở Tài chính");
    owner.click("#links .primary");
    owner.awaitShown("#links .made textarea");
    String link = owner.find("#links .made textarea").getDomProperty("value");
    assertTrue(link.startsWith(owner.address() + "?shared#key=luot_"), link);
    owner.browser.open(link);
    owner.awaitText("[data-number=viewsTotal]", "1");
    owner.browser.open(owner.address());
    owner.awaitBoard();
    owner.click("[data-view=settings]");
    owner.awaitShown("#links [data-revoke]");
    assertEquals(0, owner.count("#links .made"));
    owner.click("#links [data-revoke]");
    owner.awaitText("#links tbody td .down", "Đã thu hồi");
    await().until(() -> as(link.split("=")[1]).get("/admin/v1/me").statusCode(), s -> s == 401);
    assertSilent();
  }

  @Test
  void aLinkAndAKeyEndWithTheDayWhereTheSiteIs() {
    for (String zone : List.of("America/St_Johns", "Pacific/Kiritimati")) {
      owner.inZone(zone);
      try {
        settings();
        String end = LocalDate.now(ZoneOffset.UTC).plusDays(40).toString();
        owner.awaitShown("#f-linkFor");
        type("#f-linkFor", "Sở Tài chính");
        owner.browser.run("document.querySelector('#f-linkEnds').value = arguments[0]", end);
        owner.click("#links .primary");
        owner.awaitText("#links tbody td", text -> text.equals(written(end)));
        owner.awaitShown("#f-keyName");
        type("#f-keyName", "Báo cáo");
        owner.browser.run("document.querySelector('#f-expiresAt').value = arguments[0]", end);
        owner.click("#keys .fields .primary");
        owner.awaitText("#keys tbody tr:last-child td:nth-child(3)", written(end));
        owner.click("#leave");
      } finally {
        owner.inZone("");
      }
    }
    assertSilent();
  }

  private static String written(String day) {
    return day.replaceAll("(....)-(..)-(..)", "$3/$2/$1");
  }

  @Test
  void everySettingIsInTheForm() {
    TestSite fresh = settings();
    owner.awaitShown("#rules [name=name]");
    Map<String, Object> rules =
        asOperator().get("/admin/v1/sites/" + fresh.slug).then().extract().path("");
    rules.remove("id");
    for (String name : rules.keySet()) {
      assertEquals(1, owner.count("#rules [name=" + name + "]"), name);
    }
    assertSilent();
  }

  @Test
  void anEditorHasTheReportMailedAndSeesWhatCameOfIt() {
    TestSite fresh = TestSite.create(postgres);
    owner.enter(OperatorKey.make(fresh.slug, "editor"));
    owner.click("[data-view=settings]");
    owner.awaitShown("#f-recipient");
    type("#f-recipient", "a@elsewhere.example");
    owner.click("#mails .fields .primary");
    owner.awaitText("#mails .fields .problem", text -> text.contains("do người vận hành"));
    owner.browser.complaints();
    type("#f-recipient", "van.phong@agency.example");
    owner.click("#mails .fields .primary");
    owner.awaitText("#mails tbody th", text -> text.startsWith("van.phong@agency.example"));
    // Nobody listens there.
    owner.click("#mails [name=send]");
    owner.awaitText("#mails tbody .down", text -> text.startsWith("Chưa gửi được: không kết nối"));
    fresh.database.execute("UPDATE report_mail SET asked_at = NULL WHERE site_id = " + fresh.id);
    try (MailServer server = MailServer.start(Integer.getInteger(Stores.MAIL_PORT), null)) {
      owner.click("#mails [name=send]");
      owner.awaitText("#mails tbody .up", text -> text.startsWith("Đã gửi lúc"));
      assertFalse(server.mails.isEmpty());
    }
    owner.click("#mails [name=end]");
    owner.awaitText("#mails tbody td .down", text -> text.startsWith("Đã thôi gửi"));
    assertEquals(0, owner.count("#mails [name=send]"));
    assertSilent();
  }

  @Test
  void rolesSeeWhatTheyMayUse() {
    owner.enter(key);
    assertEquals(0, owner.count("[data-view=settings], [data-view=moderation]"));
    owner.click("#leave");
    owner.enter(OperatorKey.make(site.slug, "editor"));
    assertEquals(0, owner.count("[data-view=new], [data-view=all]"));
    owner.click("[data-view=settings]");
    owner.awaitShown("#rules [name=name]");
    assertFalse(owner.shown("#keys"));
    assertFalse(owner.shown("#deletion"));
    assertSilent();
  }
}

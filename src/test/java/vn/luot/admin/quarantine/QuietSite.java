package vn.luot.admin.quarantine;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static vn.luot.admin.OperatorKey.asOperator;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import vn.luot.TestSite;
import vn.luot.site.Site;
import vn.luot.standalone.Postgres;

/**
 * A site with one view a minute at its busiest. Its zone is one where the day on earth that ends
 * last is far from its end; {@link #letTheDayEnd} moves it where that day is over.
 */
public final class QuietSite {
  private static final String EARLIEST = "Pacific/Kiritimati";
  private static final int A_DAY = 60;

  public final TestSite site;
  public final int quarantine;
  public final LocalDate day;
  private final int before;

  public QuietSite(Postgres postgres, int days) {
    // No test runs over midnight: it would see two days.
    boolean nearMidnight = LocalTime.now(ZoneOffset.UTC).getHour() == 11;
    String zone = nearMidnight ? "Etc/GMT+11" : "Etc/GMT+12";
    day = LocalDate.now(ZoneId.of(zone));
    site = TestSite.create(postgres, "\"timeZone\":\"" + zone + "\"");
    quarantine = Site.quarantineId(site.id);
    before = days * A_DAY;
    site.database.execute(
        """
        INSERT INTO hourly_views (site_id, day, hour, epoch, views, visits)
        SELECT %1$d, date '%2$s' - d, (date '%2$s' - d)::timestamptz, 7, %3$d, 0
        FROM generate_series(1, %4$d) AS d
        """
            .formatted(site.id, day, A_DAY, days));
  }

  public String path() {
    return "/admin/v1/sites/" + site.slug;
  }

  public ValidatableResponse change(String settings) {
    return asOperator(settings).patch(path()).then().statusCode(200);
  }

  public void letTheDayEnd() {
    change("{\"timeZone\":\"" + EARLIEST + "\"}");
  }

  /** Reading it tells the pod at once what is usual, which it otherwise learns beside the hits. */
  public ValidatableResponse list() {
    return asOperator().get(path() + "/quarantine").then().statusCode(200);
  }

  /**
   * How many of so many views were counted, when all the others are seen in quarantine: both
   * readings may be a second old, and either store may be late.
   */
  public int countedOf(int views) {
    return await().until(this::counted, counted -> counted >= 0 && counted + kept() == views);
  }

  private int kept() {
    Response list = asOperator().get(path() + "/quarantine");
    return list.statusCode() == 200 ? list.path("days.views.sum() ?: 0") : -1;
  }

  private int counted() {
    Response counters = site.asPage().get(site.path("counters"));
    Integer total = counters.statusCode() == 200 ? counters.path("views.total") : null;
    return total == null ? -1 : total - before;
  }

  public void hits(int times, String page) {
    hits(times, page, "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0");
  }

  /** Nothing exact can be said where one was answered 503: it was counted once or not at all. */
  public void hits(int times, String page, String agent) {
    for (int i = 0; i < times; i++) {
      int status =
          site.asPage()
              .header("User-Agent", agent)
              .contentType("text/plain")
              .body("{\"page\":\"" + page + "\"}")
              .post(site.path("hits"))
              .statusCode();
      assumeTrue(status != 503, "Redis did not answer within a second");
      assertEquals(200, status);
    }
  }

  public ValidatableResponse judge(String verdict) {
    return asOperator(Map.of("verdict", verdict, "reason", "Lễ hội truyền hình trực tiếp"))
        .post(path() + "/quarantine/" + day)
        .then();
  }

  /** When all is flushed, totals are the sums of their rows, and nothing is in quarantine. */
  public void assertSettled(int views) {
    await().untilAsserted(() -> assertSettledNow(views));
  }

  private void assertSettledNow(int views) {
    assertEquals(
        "%1$d %1$d %1$d %2$d %2$d 0".formatted(before + views, views),
        site.database.table(
            """
            SELECT (SELECT views FROM site_total WHERE site_id = %1$d),
                   (SELECT sum(views) FROM daily_total WHERE site_id = %1$d),
                   (SELECT sum(views) FROM hourly_views WHERE site_id = %1$d),
                   (SELECT sum(views) FROM page_total WHERE site_id = %1$d),
                   (SELECT sum(views) FROM page_views WHERE site_id = %1$d),
                   (SELECT count(*) FROM hourly_views WHERE site_id = %2$d)
                     + (SELECT count(*) FROM page_views WHERE site_id = %2$d)
                     + (SELECT count(*) FROM page_total WHERE site_id = %2$d)
            """
                .formatted(site.id, quarantine)));
  }
}

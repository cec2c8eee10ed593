package vn.luot.total;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.standalone.Postgres;

/** Who may change a page's title by sending another one, and when. */
@QuarkusTest
class PageTitlesTest {
  private static final long NOW = System.currentTimeMillis();
  private static final int TODAY = (int) (NOW / Duration.ofDays(1).toMillis());

  Postgres postgres;
  @Inject PageNames names;
  private TestSite site;

  @BeforeEach
  void site() {
    site = TestSite.create(postgres);
    send("First", 1, 0);
  }

  /** So many networks, from one on, send the title, so many minutes ago. */
  private void send(String title, int networks, int from, int minutesAgo) {
    List<PageNames.Row> rows = new ArrayList<>();
    for (int i = from; i < from + networks; i++) {
      rows.add(new PageNames.Row(7, "/a", title, NOW - minutesAgo * 60_000L, TODAY * 64 + i));
    }
    names.merge(site.id, rows).await().atMost(Duration.ofSeconds(60));
  }

  private void send(String title, int networks, int minutesAgo) {
    send(title, networks, 0, minutesAgo);
  }

  private void assertTitle(String title) {
    assertEquals(title, site.database.table("SELECT title FROM page WHERE site_id = " + site.id));
  }

  private void lastly(String title) {
    send(title, 1, 63, 0);
  }

  @Test
  void twoNetworksOfEachKindNeverChangeIt() {
    send("Forged", 4, 30, 600);
    lastly("Forged again");
    assertTitle("First");
  }

  @Test
  void threeNetworksChangeItAfterAnHour() {
    send("Second", 3, 12, 59);
    lastly("First");
    assertTitle("First");
    site.database.execute(
        "UPDATE page_title SET since = since - interval '2 minutes' WHERE site_id = " + site.id);
    lastly("Second");
    assertTitle("Second");
    assertEquals(
        "0", site.database.table("SELECT count(*) FROM page_title WHERE site_id = " + site.id));
  }

  @Test
  void moreThanTwiceAsManyAreNeeded() {
    send("Forged", 1, 10, 90);
    send("First", 3, 28, 1);
    send("Forged", 6, 10, 90);
    assertTitle("First");
    send("Forged", 7, 10, 90);
    assertTitle("Forged");
  }

  @Test
  void aNetworkHasOneVoiceWhateverItSends() {
    for (int i = 0; i < 100; i++) {
      send("Forged " + i, 2, 30, 300 - i);
    }
    assertTitle("First");
    assertEquals(
        "2", site.database.table("SELECT count(*) FROM page_title WHERE site_id = " + site.id));
  }

  @Test
  void aLockedTitleStays() {
    site.database.execute("UPDATE page SET title_locked = true WHERE site_id = " + site.id);
    send("Second", 20, 300);
    lastly("Second");
    assertTitle("First");
  }

  @Test
  void networksAreThoseOfOneDay() {
    send("First", 2, 5, 0);
    send("First", 2, 5, 0);
    String networks = "SELECT networks FROM page WHERE site_id = " + site.id;
    assertEquals(3, site.database.number(networks));
    for (int day = 1; day < 5; day++) {
      names
          .merge(
              site.id, List.of(new PageNames.Row(7, "/a", "", NOW, (TODAY + day) * 64 + 20 + day)))
          .await()
          .atMost(Duration.ofSeconds(60));
    }
    assertEquals(3, site.database.number(networks));
  }
}

package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.site.PageRule;

/** Somebody makes up more pages than a day has room for: real ones are counted all the same. */
@ExtendWith(Deployed.class)
class MadeUpPagesIT {
  private static final int ROOM = 100;
  private static final int OF_NETWORK = 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private Pod pod;
  private FreshSite site;

  /** The views that the page is answered with; null where it counts for another one. */
  private Integer hit(String page, String from) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + pod.port() + "/v1/sites/" + site.slug() + "/hits"))
            .header("Origin", FreshSite.ORIGIN)
            .header("Content-Type", "text/plain")
            .header("X-Forwarded-For", from)
            .POST(BodyPublishers.ofString("{\"page\":\"" + page + "\"}"))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body());
      return JsonPath.from(answer.body()).get("page.views");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int madeUp(String from, int many) {
    int counted = 0;
    for (int i = 0; i < many; i++) {
      counted += hit("/made-up/" + from + "/" + i, from) == null ? 0 : 1;
    }
    return counted;
  }

  @Test
  void madeUpPagesHideNoRealOne(Deployment deployment) {
    // The first hit of a JVM may take a second.
    Map<String, String> limits =
        Map.of(
            "LUOT_LIVE_PAGES_PER_DAY",
            "" + ROOM,
            "LUOT_HIT_NEW_PAGES_PER_NETWORK",
            "" + OF_NETWORK,
            "LUOT_VISITOR_TRUSTED_PROXIES",
            "127.0.0.1",
            // The first hit of a JVM may take a second.
            "LUOT_LIVE_ANSWER_WITHIN",
            "15s");
    try (Pod limited = deployment.anotherPod(limits)) {
      pod = limited;
      site = FreshSite.register(deployment.database);
      pod.awaitSite(site.slug());
      deployment.database.execute(
          ("INSERT INTO page (site_id, page, path, first_seen)"
                  + " VALUES (%d, %d, '/yesterday', now() - interval '1 day')")
              .formatted(site.id(), PageRule.page("/yesterday", List.of(), "page").key()));
      hit("/known", "198.51.100.1");

      int ofOne = madeUp("203.0.113.1", 60);
      assertTrue(ofOne <= OF_NETWORK + OF_NETWORK / 5, ofOne + " pages of one network");
      assertEquals(0, madeUp("203.0.113.99", 20), "the same /24");
      for (int network = 2; network < 12; network++) {
        madeUp("10.9." + network + ".1", 24);
      }
      assertNull(hit("/made-up/once", "10.8.1.1"), "the day has no room left");

      assertEquals(1, hit("/yesterday", "203.0.113.1"), "PostgreSQL knows it");
      assertEquals(2, hit("/known", "198.51.100.2"));
      assertNull(hit("/breaking-news", "198.51.100.3"));
      assertEquals(1, hit("/breaking-news", "198.51.101.3"), "two networks ask for it");
      assertEquals(2, hit("/breaking-news", "203.0.113.1"));

      Flushed.await(deployment.redis.port());
      String of = " WHERE site_id = " + site.id();
      assertEquals(
          deployment.database.number("SELECT views FROM site_total" + of),
          deployment.database.number("SELECT sum(views) FROM page_total" + of));
    }
  }

  /** The list of their keys was once read in a way that took more memory than a pod has. */
  @Test
  void aPodKnowsAllPagesOfALargeSite(Deployment deployment) {
    try (Pod another = deployment.anotherPod()) {
      pod = another;
      site = FreshSite.register(deployment.database);
      deployment.database.execute(
          """
          UPDATE site SET rules = rules || '{"knownPagesOnly":true}' WHERE id = %1$d;
          INSERT INTO page (site_id, page, path, first_seen)
          SELECT %1$d, i, '/' || i, now() FROM generate_series(1, 900000) AS i
          """
              .formatted(site.id()));
      pod.awaitSite(site.slug());
      await("its pages are known")
          .atMost(Duration.ofMinutes(1))
          // A page that was counted before then is known, too.
          .until(() -> hit("/made-up/" + System.nanoTime(), "203.0.113.1") == null);
    }
  }
}

package vn.luot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.luot.faults.Deployment;
import vn.luot.faults.Pod;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Redis;

/** A machine on which no language is set, as most containers: Java's own charset is ASCII there. */
@QuarkusIntegrationTest
class NoLocaleIT {
  private static final String LOGGED = "Trang đã gọi: ";

  @TempDir Path directory;

  Redis redis;
  Postgres postgres;

  @Test
  void vietnameseIsReadSentAndPrinted() throws IOException, InterruptedException {
    TestSite site = TestSite.create(postgres);
    try (Pod pod =
        Pod.start(
            directory, Path.of("target", "quarkus-app"), settings(), Deployment.QUICK_TO_START)) {
      pod.awaitSite(site.slug);
      String badge = ask(request(pod, site.path("badge.svg?label=Lượt%20xem")).build());
      assertTrue(badge.contains(">Lượt xem</text>"), badge);
      String hit =
          ask(
              request(pod, site.path("hits"))
                  .header("Content-Type", "text/plain;charset=UTF-8")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"page\":\"/gạo-nếp\"}", UTF_8))
                  .build());
      assertTrue(hit.contains("\"path\":\"/gạo-nếp\""), hit);
      String guide = ask(request(pod, "/nhung.html").build());
      assertTrue(guide.contains("<title>Gắn Luot vào trang của bạn</title>"), guide);
      Path log = directory.resolve("pod-" + pod.port() + ".log");
      await().until(() -> Files.readString(log), text -> text.contains(LOGGED + "/nhung.html"));
    }
  }

  private Map<String, String> settings() throws IOException {
    Path secrets = Files.createDirectory(directory.resolve("secrets"));
    Files.writeString(secrets.resolve("quarkus.http.access-log.pattern"), LOGGED + "%U");
    Map<String, String> settings = new HashMap<>();
    settings.put("LC_ALL", "C");
    settings.put("SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS", secrets.toString());
    settings.put("QUARKUS_HTTP_ACCESS_LOG_ENABLED", "true");
    settings.put("QUARKUS_SHUTDOWN_DELAY", "0S");
    // On a busy machine the first hit of a JVM takes longer than a second.
    settings.put("LUOT_LIVE_ANSWER_WITHIN", "15s");
    settings.put("QUARKUS_REDIS_HOSTS", redis.url());
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.url());
    settings.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
    settings.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    return settings;
  }

  private static HttpRequest.Builder request(Pod pod, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pod.port() + path))
        .header("Origin", TestSite.ORIGIN);
  }

  private static String ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }
}

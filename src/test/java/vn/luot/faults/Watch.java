package vn.luot.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A reader of a site's counters, who notices when a number goes back. */
final class Watch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final HttpRequest request;
  private final Thread thread = new Thread(this::run, "watch");
  private volatile int wentBack;
  private volatile int read;
  private volatile long total;
  private volatile boolean onlineKnown;
  private volatile boolean onlineFalseZero;

  private Watch(FreshSite site, Pod pod) {
    String address = "http://127.0.0.1:%d/v1/sites/%s/counters".formatted(pod.port(), site.slug());
    request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(LIMIT)
            .header("Origin", FreshSite.ORIGIN)
            .build();
  }

  static Watch of(FreshSite site, Pod pod) {
    Watch watch = new Watch(site, pod);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(EVERY.toMillis());
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        return;
      }
      JsonNode counters = JSON.readTree(answer.body());
      JsonNode online = counters.get("online");
      onlineKnown = !online.isNull();
      // Everybody in a load comes from one address and is there all the time.
      onlineFalseZero |= total > 0 && onlineKnown && online.longValue() == 0;
      JsonNode views = counters.path("views").path("total");
      if (views.isNumber()) {
        wentBack += views.longValue() < total ? 1 : 0;
        total = views.longValue();
      }
      read++;
    } catch (IOException gone) {
      // The pod or Redis is down; it will be back.
    }
  }

  int wentBack() {
    return wentBack;
  }

  /** Successful readings so far. */
  int read() {
    return read;
  }

  boolean isOnlineKnown() {
    return onlineKnown;
  }

  boolean saidNobody() {
    return onlineFalseZero;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

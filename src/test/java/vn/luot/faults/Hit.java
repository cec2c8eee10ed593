package vn.luot.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Single requests to a pod. */
final class Hit {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Hit() {}

  /** One view of the page {@code /a}; the status of the answer. */
  static int send(Pod pod, FreshSite site) {
    String address = "http://127.0.0.1:%d/v1/sites/%s/hits".formatted(pod.port(), site.slug());
    return answer(
            HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .header("Origin", FreshSite.ORIGIN)
                .POST(BodyPublishers.ofString("{\"page\":\"/a\"}")))
        .statusCode();
  }

  /** Status and body of what it says about itself. */
  static String ready(Pod pod) {
    String address = "http://127.0.0.1:%d/q/health/ready".formatted(pod.managementPort());
    HttpResponse<String> answer = answer(HttpRequest.newBuilder(URI.create(address)));
    return answer.statusCode() + " " + answer.body();
  }

  static HttpResponse<String> answer(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

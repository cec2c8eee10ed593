package vn.luot;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Holds a body back until it is asked for it (Expect: 100-continue), and never sends it unasked.
 */
public final class WaitingSender {
  private WaitingSender() {}

  /** {@code header} and {@code value}: what shows who sends it. */
  public static HttpResponse<String> post(String path, String body, String header, String value) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .version(HttpClient.Version.HTTP_1_1)
            .expectContinue(true)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "text/plain")
            .header(header, value)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
  }
}

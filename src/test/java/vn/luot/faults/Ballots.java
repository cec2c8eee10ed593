package vn.luot.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Voters who each remember their last acknowledged vote for every page. */
final class Ballots {
  static final int WITHDRAWN = 0;
  private static final int NEVER = -1;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final ObjectMapper JSON = new ObjectMapper();

  final AtomicInteger acknowledged = new AtomicInteger();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final String address;
  private final String[] tokens;
  private final int[][] last;
  private int strangers;

  Ballots(FreshSite site, int port, int voters, int pages) {
    this.address = "http://127.0.0.1:" + port + "/v1/sites/" + site.slug() + "/rating?page=/p";
    this.tokens = new String[voters];
    this.last = new int[voters][pages];
    for (int[] votes : last) {
      Arrays.fill(votes, NEVER);
    }
  }

  /** The stars a voter was last told to have given; null where it never voted for the page. */
  Integer last(int voter, int page) {
    return last[voter][page] == NEVER ? null : last[voter][page];
  }

  int voters() {
    return last.length;
  }

  int pages() {
    return last[0].length;
  }

  /** First votes that were refused: each may be stored, of a voter that nobody knows. */
  int strangers() {
    return strangers;
  }

  UUID id(int voter) {
    ByteBuffer token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(tokens[voter]));
    return new UUID(token.getLong(), token.getLong());
  }

  /** Everybody's first vote, which brings the token. */
  void open() throws IOException, InterruptedException {
    for (int voter = 0; voter < tokens.length; voter++) {
      HttpResponse<String> answer = send(put(0, 3, null));
      while (answer.statusCode() != 200) {
        strangers++;
        Thread.sleep(PAUSE.toMillis());
        answer = send(put(0, 3, null));
      }
      tokens[voter] = JSON.readTree(answer.body()).get("voter").textValue();
      last[voter][0] = 3;
    }
  }

  /**
   * Votes, changes and withdraws at random until so many are acknowledged in all; one connection.
   * What is not acknowledged is sent again, as a person would.
   */
  void run(int most, int connection, int connections) {
    Random random = new Random(connection);
    while (acknowledged.get() < most && !Thread.currentThread().isInterrupted()) {
      int share = (tokens.length - connection + connections - 1) / connections;
      int own = random.nextInt(share) * connections + connection;
      int page = random.nextInt(last[own].length);
      int stars = random.nextInt(6);
      if (stars == WITHDRAWN && last[own][page] == NEVER) {
        continue;
      }
      insist(stars == WITHDRAWN ? delete(page, tokens[own]) : put(page, stars, tokens[own]));
      last[own][page] = stars;
      acknowledged.incrementAndGet();
    }
  }

  /** Tries once, whether or not there is a vote; the status of the answer. */
  int withdraw(int voter, int page) throws IOException, InterruptedException {
    return send(delete(page, tokens[voter])).statusCode();
  }

  private void insist(HttpRequest request) {
    try {
      while (true) {
        try {
          if (send(request).statusCode() == 200) {
            return;
          }
        } catch (IOException gone) {
          // The service was killed; it will be back.
        }
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest put(int page, int stars, String token) {
    String voter = token == null ? "" : ",\"voter\":\"" + token + "\"";
    return request(page, "PUT", "{\"stars\":" + stars + voter + "}");
  }

  private HttpRequest delete(int page, String token) {
    return request(page, "DELETE", "{\"voter\":\"" + token + "\"}");
  }

  private HttpRequest request(int page, String method, String body) {
    return HttpRequest.newBuilder(URI.create(address + page))
        .timeout(LIMIT)
        .header("Origin", FreshSite.ORIGIN)
        .header("Content-Type", "text/plain")
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}

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
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final ObjectMapper JSON = new ObjectMapper();

  final FreshSite site;
  final AtomicInteger acknowledged = new AtomicInteger();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final String address;
  private final String hits;
  private final String[] tokens;
  private final String[] nonces;
  private final int[][] last;

  Ballots(FreshSite site, int port, int voters, int pages) {
    this.site = site;
    this.address = "http://127.0.0.1:" + port + "/v1/sites/" + site.slug() + "/rating?page=/p";
    this.tokens = new String[voters];
    this.nonces = new String[voters];
    Arrays.setAll(nonces, voter -> UUID.randomUUID().toString());
    this.hits = "http://127.0.0.1:" + port + "/v1/sites/" + site.slug() + "/hits";
    this.last = new int[voters][pages];
    for (int[] votes : last) {
      Arrays.fill(votes, NEVER);
    }
  }

  /** The same voters, at another pod. */
  Ballots at(int port) {
    Ballots there = new Ballots(site, port, voters(), pages());
    System.arraycopy(tokens, 0, there.tokens, 0, tokens.length);
    return there;
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

  UUID id(int voter) {
    ByteBuffer token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(tokens[voter]));
    return new UUID(token.getLong(), token.getLong());
  }

  /**
   * Everybody's first vote, which brings the token. Sent again until it is answered, it is one
   * vote. Pages are viewed before.
   */
  void open() throws IOException, InterruptedException {
    for (int page = 0; page < pages(); page++) {
      insist(request(hits, "POST", "{\"page\":\"/p" + page + "\"}"));
    }
    for (int voter = 0; voter < tokens.length; voter++) {
      String answer = insist(put(0, 3, voter));
      insist(put(0, 3, voter));
      tokens[voter] = JSON.readTree(answer).get("voter").textValue();
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
      insist(stars == WITHDRAWN ? delete(page, tokens[own]) : put(page, stars, own));
      last[own][page] = stars;
      acknowledged.incrementAndGet();
    }
  }

  /** Tries once, whether or not there is a vote; the status of the answer. */
  int withdraw(int voter, int page) throws IOException, InterruptedException {
    return send(delete(page, tokens[voter])).statusCode();
  }

  /** How many votes the rating of a page shows. */
  int count(int page) throws IOException, InterruptedException {
    HttpRequest read =
        HttpRequest.newBuilder(URI.create(address + page))
            .timeout(LIMIT)
            .header("Origin", FreshSite.ORIGIN)
            .build();
    return JSON.readTree(send(read).body()).get("count").asInt();
  }

  private String insist(HttpRequest request) {
    try {
      while (true) {
        try {
          HttpResponse<String> answer = send(request);
          if (answer.statusCode() == 200) {
            return answer.body();
          }
        } catch (IOException gone) {
          // The service was killed; it will be back.
        }
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest put(int page, int stars, int voter) {
    String token = tokens[voter] == null ? "" : ",\"voter\":\"" + tokens[voter] + "\"";
    String nonce = ",\"nonce\":\"" + nonces[voter] + "\"";
    return request(address + page, "PUT", "{\"stars\":" + stars + token + nonce + "}");
  }

  private HttpRequest delete(int page, String token) {
    return request(address + page, "DELETE", "{\"voter\":\"" + token + "\"}");
  }

  private HttpRequest request(String to, String method, String body) {
    return HttpRequest.newBuilder(URI.create(to))
        .timeout(LIMIT)
        .header("Origin", FreshSite.ORIGIN)
        .header("Content-Type", "text/plain")
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}

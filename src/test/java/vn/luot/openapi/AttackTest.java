package vn.luot.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.standalone.Postgres;

/**
 * Calls everything the OpenAPI document lists with values at and beyond every limit: whatever
 * comes, the answer is one that the document describes, and none is an error inside Luot.
 */
@QuarkusTest
class AttackTest {
  private static final int AT_ONCE = 16;

  /** Half a minute; {@code -Dluot.attack.requests=21000} for more. */
  private static final int REQUESTS = Integer.getInteger("luot.attack.requests", 5_000);

  /** Refused before anybody knows which call it is. */
  private static final int URI_TOO_LONG = 414;

  /** On a machine busy with other things a store may be late, which is said as it must be. */
  private static final Pattern LATER =
      Pattern.compile("urn:luot:problem:(overloaded|not-stored|not-readable)");

  private static final long ANSWERED_WITHIN_SECONDS = 60;
  private static final long SEED = 20261121;

  private final Random random = new Random(SEED);
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();

  Postgres postgres;

  private record Call(String path, String method, JsonNode described) {}

  private List<Call> calls(JsonNode document) {
    List<Call> calls = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(call -> call.getValue().has("operationId"))
                    .forEach(
                        call ->
                            calls.add(new Call(path.getKey(), call.getKey(), call.getValue()))));
    return calls;
  }

  @Test
  void noValueBreaksAnyCall() throws InterruptedException {
    TestSite site = TestSite.create(postgres, "\"repeatViewSeconds\":0,\"clientHitsPerMinute\":0");
    ApiContract contract = ApiContract.at("http://localhost:" + RestAssured.port);
    List<Call> calls = calls(contract.document());
    Vertx vertx = Vertx.vertx();
    HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(AT_ONCE));
    // All of a request on one event loop: from another thread its answer's body may be missed.
    Context loop = vertx.getOrCreateContext();
    Semaphore free = new Semaphore(AT_ONCE);
    for (int i = 0; i < REQUESTS; i++) {
      Call call = calls.get(i % calls.size());
      String uri = uri(call, site.slug);
      RequestOptions request = request(call, uri);
      Buffer body = body(call, contract, request);
      free.acquire();
      loop.runOnContext(
          now ->
              send(client, request, body)
                  .onSuccess(answer -> check(contract, call, uri, site.slug, answer))
                  .onFailure(e -> wrong.add(call.method + " " + uri + " was not answered: " + e))
                  .onComplete(done -> free.release()));
    }
    assertTrue(free.tryAcquire(AT_ONCE, 2, TimeUnit.MINUTES), "all are answered");
    client.close();
    vertx.close();
    assertEquals(List.of(), wrong.stream().distinct().limit(10).toList(), statuses::toString);
    assertTrue(statuses.size() > 5, () -> "the attack reaches many parts: " + statuses);
  }

  /** Mostly right, so that what is behind the first check is reached as well. */
  private String uri(Call call, String site) {
    String path =
        call.path.replace("{site}", random.nextInt(20) == 0 ? Hostile.inUri(random) : site);
    StringBuilder uri =
        new StringBuilder(path.replaceAll("\\{\\w+}", Integer.toString(random.nextInt(9))));
    char separator = '?';
    for (JsonNode parameter : call.described.path("parameters")) {
      boolean wanted = parameter.path("required").asBoolean() || random.nextInt(3) > 0;
      if (parameter.get("in").asText().equals("query") && wanted) {
        uri.append(separator)
            .append(parameter.get("name").asText())
            .append('=')
            .append(value(parameter));
        separator = '&';
      }
    }
    return uri.toString();
  }

  private String value(JsonNode parameter) {
    JsonNode schema = parameter.get("schema");
    JsonNode right =
        parameter.hasNonNull("example")
            ? parameter.get("example")
            : schema.has("enum")
                ? schema.get("enum").get(random.nextInt(schema.get("enum").size()))
                : schema.path("default");
    boolean hostile = right.isMissingNode() || random.nextInt(3) == 0;
    // As the document has them; a + in a time stands for itself.
    return hostile ? Hostile.inUri(random) : right.asText().replace("+", "%2B").replace(" ", "%20");
  }

  private static RequestOptions request(Call call, String uri) {
    RequestOptions request =
        new RequestOptions()
            .setHost("localhost")
            .setPort(RestAssured.port)
            .setURI(uri)
            .setMethod(HttpMethod.valueOf(call.method.toUpperCase(Locale.ROOT)))
            .setTimeout(TimeUnit.SECONDS.toMillis(ANSWERED_WITHIN_SECONDS))
            .putHeader("Origin", TestSite.ORIGIN);
    return call.path.startsWith("/admin/")
        ? request.putHeader("Authorization", "Bearer " + OperatorKey.KEY)
        : request;
  }

  private Buffer body(Call call, ApiContract contract, RequestOptions request) {
    JsonNode content = call.described.at("/requestBody/content");
    if (content.isMissingNode()) {
      return Buffer.buffer();
    }
    Map.Entry<String, JsonNode> type = content.properties().iterator().next();
    request.putHeader("Content-Type", random.nextInt(10) == 0 ? "text/csv" : type.getKey());
    JsonNode schema = type.getValue().path("schema");
    return Buffer.buffer(Hostile.body(Hostile.example(contract.document(), schema), random));
  }

  private record Answer(int status, String type, String body) {}

  private static Future<Answer> send(HttpClient client, RequestOptions request, Buffer body) {
    return client
        .request(request)
        .compose(begun -> begun.send(body))
        .compose(
            answer ->
                answer
                    .body()
                    .map(
                        read ->
                            new Answer(
                                answer.statusCode(),
                                answer.getHeader("Content-Type"),
                                read.toString())));
  }

  private void check(ApiContract contract, Call call, String uri, String site, Answer answer) {
    statuses.merge(answer.status, 1, Integer::sum);
    String asked = call.method.toUpperCase(Locale.ROOT);
    if (answer.status >= 500 && !LATER.matcher(answer.body).find()) {
      wrong.add(asked + " " + uri + " answered " + answer);
    } else if (answer.status != URI_TOO_LONG
        && (uri.contains(site) || !call.path.contains("{site}"))) {
      // A path with something else for a site may be another call, or none.
      contract
          .wrong(asked, call.path, answer.status, answer.type, answer.body)
          .ifPresent(what -> wrong.add(what + " to " + uri));
    }
  }
}

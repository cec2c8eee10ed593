package vn.luot.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import vn.luot.TestSite;
import vn.luot.admin.OperatorKey;
import vn.luot.standalone.Postgres;
import vn.luot.standalone.Stores;

/**
 * Calls everything the OpenAPI document lists with values at and beyond every limit: whatever
 * comes, the answer is one that the document describes, and none is an error inside Luot.
 */
@EnabledIfSystemProperty(named = "luot.attack", matches = "true", disabledReason = "takes a minute")
@QuarkusTest
@WithTestResource(value = Stores.class, scope = TestResourceScope.GLOBAL)
class AttackTest {
  private static final int AT_ONCE = 16;

  /** Refused before anybody knows which call it is. */
  private static final int URI_TOO_LONG = 414;

  private static final long ANSWERED_WITHIN_SECONDS = 30;
  private static final long SEED = 20261121;

  private final Random random = new Random(SEED);
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();

  Postgres postgres;

  private record Call(String path, String method, JsonNode described) {}

  int requests() {
    return 21_000;
  }

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
    TestSite site =
        TestSite.create(postgres, ", repeat_view_seconds, client_hits_per_minute", ", 0, 0");
    ApiContract contract = ApiContract.at("http://localhost:" + RestAssured.port);
    List<Call> calls = calls(contract.document());
    Vertx vertx = Vertx.vertx();
    HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(AT_ONCE));
    Semaphore free = new Semaphore(AT_ONCE);
    for (int i = 0; i < requests(); i++) {
      Call call = calls.get(i % calls.size());
      String uri = uri(call, site.slug);
      free.acquire();
      send(client, call, uri, contract, site.slug)
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(ANSWERED_WITHIN_SECONDS, TimeUnit.SECONDS)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  wrong.add(call.method + " " + uri + " was not answered: " + failure);
                }
                free.release();
              });
    }
    assertTrue(free.tryAcquire(AT_ONCE, 1, TimeUnit.MINUTES), "all are answered");
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

  private Future<Void> send(
      HttpClient client, Call call, String uri, ApiContract contract, String site) {
    RequestOptions options =
        new RequestOptions()
            .setHost("localhost")
            .setPort(RestAssured.port)
            .setURI(uri)
            .setMethod(HttpMethod.valueOf(call.method.toUpperCase()))
            .putHeader("Origin", TestSite.ORIGIN);
    if (call.path.startsWith("/admin/")) {
      options.putHeader("Authorization", "Bearer " + OperatorKey.KEY);
    }
    JsonNode content = call.described.at("/requestBody/content");
    byte[] body = null;
    if (!content.isMissingNode()) {
      Map.Entry<String, JsonNode> type = content.properties().iterator().next();
      body =
          Hostile.body(
              Hostile.example(contract.document(), type.getValue().path("schema")), random);
      options.putHeader("Content-Type", random.nextInt(10) == 0 ? "text/csv" : type.getKey());
    }
    Buffer sent = body == null ? Buffer.buffer() : Buffer.buffer(body);
    return client
        .request(options)
        .compose(request -> request.send(sent))
        .compose(
            response -> response.body().map(got -> check(contract, call, uri, site, response, got)))
        .mapEmpty();
  }

  private Void check(
      ApiContract contract,
      Call call,
      String uri,
      String site,
      HttpClientResponse response,
      Buffer body) {
    int status = response.statusCode();
    synchronized (statuses) {
      statuses.merge(status, 1, Integer::sum);
    }
    String asked = call.method.toUpperCase();
    if (status >= 500 && !body.toString().contains("urn:luot:problem:overloaded")) {
      wrong.add(asked + " " + uri + " answered " + status + " " + body);
    } else if (status != URI_TOO_LONG && (uri.contains(site) || !call.path.contains("{site}"))) {
      // A path with something else for a site may be another call, or none.
      contract
          .wrong(asked, call.path, status, response.getHeader("Content-Type"), body.toString())
          .ifPresent(what -> wrong.add(what + " to " + uri));
    }
    return null;
  }
}

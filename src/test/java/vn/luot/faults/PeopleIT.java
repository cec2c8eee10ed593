package vn.luot.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.standalone.Ports;

/** Owners who log in elsewhere, by OpenID Connect. */
@ExtendWith(Deployed.class)
class PeopleIT {
  private static final String KEY_ID = "first";
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void whatTheirTokenSaysIsWhatTheyMay(Deployment deployment)
      throws IOException, GeneralSecurityException {
    KeyPair keys = keys();
    int port = Ports.free();
    String issuer = "http://127.0.0.1:" + port;
    Map<String, String> settings =
        Map.of(
            "QUARKUS_OIDC_TENANT_ENABLED", "true",
            "QUARKUS_OIDC_AUTH_SERVER_URL", issuer,
            "QUARKUS_OIDC_CLIENT_ID", "luot",
            "QUARKUS_OIDC_CONNECTION_TIMEOUT", "2s");
    HttpServer provider = provider(issuer, (RSAPublicKey) keys.getPublic());
    try (Pod pod =
        deployment.anotherPod(deployment.redis.port(), deployment.postgres.port(), settings)) {
      String site = FreshSite.knownTo(pod, deployment.database).slug();
      String own = "/sites/" + site;
      String other = "/sites/" + FreshSite.register(deployment.database).slug();

      String reader = token(keys, issuer, HOUR, "luot-reader", site);
      assertNoProvider(pod, reader, own);
      // From here on it takes connections, and answers when it is started.
      provider.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      assertNoProvider(pod, reader, own);
      provider.start();
      assertEquals(200, ask(pod, reader, own));
      assertEquals(403, ask(pod, reader, other));
      assertEquals(403, ask(pod, reader, own + "/keys"));
      assertEquals(200, ask(pod, token(keys, issuer, HOUR, "luot-editor", site), own + "/keys"));
      assertEquals(200, ask(pod, token(keys, issuer, HOUR, "luot-operator", "*"), other));

      assertEquals(403, ask(pod, token(keys, issuer, HOUR, "luot-reader", "no-site"), own));
      assertEquals(403, ask(pod, token(keys, issuer, HOUR, "luot-reader", null), own));
      assertEquals(403, ask(pod, token(keys, issuer, HOUR, "reader", site), own));

      assertEquals(401, ask(pod, token(keys(), issuer, HOUR, "luot-reader", site), own));
      assertEquals(401, ask(pod, token(keys, issuer, HOUR.negated(), "luot-reader", site), own));
      assertEquals(401, ask(pod, token(keys, "http://127.0.0.1", HOUR, "luot-reader", site), own));
    } finally {
      provider.stop(0);
    }
  }

  private static void assertNoProvider(Pod pod, String token, String path) {
    HttpResponse<String> without = answer(pod, token, path);
    assertEquals(503, without.statusCode());
    assertThat(without.body(), containsString("OpenID provider"));
  }

  private static int ask(Pod pod, String token, String path) {
    return answer(pod, token, path).statusCode();
  }

  private static HttpResponse<String> answer(Pod pod, String token, String path) {
    URI address = URI.create("http://127.0.0.1:" + pod.port() + "/admin/v1" + path);
    return Hit.answer(HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token));
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  /** What an OpenID provider publishes: where its keys are, and its keys. Not started yet. */
  private static HttpServer provider(String issuer, RSAPublicKey key) throws IOException {
    HttpServer server = HttpServer.create();
    JsonObject published =
        new JsonObject()
            .put("kty", "RSA")
            .put("kid", KEY_ID)
            .put("n", encode(key.getModulus().toByteArray()))
            .put("e", encode(key.getPublicExponent().toByteArray()));
    publish(
        server,
        "/.well-known/openid-configuration",
        new JsonObject()
            .put("issuer", issuer)
            .put("jwks_uri", issuer + "/keys")
            .put("token_endpoint", issuer + "/token"));
    publish(server, "/keys", new JsonObject().put("keys", new JsonArray().add(published)));
    return server;
  }

  private static void publish(HttpServer server, String path, JsonObject content) {
    byte[] body = content.encode().getBytes(UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private static String token(KeyPair keys, String issuer, Duration lasts, String role, String site)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    JsonObject claims =
        new JsonObject()
            .put("iss", issuer)
            .put("sub", "somebody")
            .put("iat", now.minus(HOUR).getEpochSecond())
            .put("exp", now.plus(lasts).getEpochSecond())
            .put("groups", new JsonArray().add(role));
    if (site != null) {
      claims.put("luot_site", site);
    }
    JsonObject head = new JsonObject().put("alg", "RS256").put("kid", KEY_ID);
    String said =
        encode(head.encode().getBytes(UTF_8)) + "." + encode(claims.encode().getBytes(UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(said.getBytes(UTF_8));
    return said + "." + encode(signature.sign());
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

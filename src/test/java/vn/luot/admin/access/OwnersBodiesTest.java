package vn.luot.admin.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.luot.admin.OperatorKey.as;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.SiteTest;
import vn.luot.admin.OperatorKey;

/** Who may make a pod keep a large body that has not come to its end. */
@Tag("packaged")
@QuarkusTest
class OwnersBodiesTest extends SiteTest {
  private static final int OPEN_OF_ONE = 20;
  private static final String LENGTH = "Content-Length: 60000";
  private static final String CHUNKED = "Transfer-Encoding: chunked";

  /** Sends a head, and nothing of its body. */
  private Socket begin(String key, String length) throws IOException {
    return begin("/admin/v1/sites/" + site.slug + "/keys", key, length);
  }

  private static Socket begin(String path, String key, String length) throws IOException {
    Socket socket = new Socket("127.0.0.1", RestAssured.port);
    socket.setSoTimeout(60_000);
    String head =
        "POST %s HTTP/1.1\r\n"
            + "Host: a\r\n"
            + "Authorization: Bearer %s\r\n"
            + "Content-Type: application/json\r\n"
            + "%s\r\n\r\n";
    socket.getOutputStream().write(head.formatted(path, key, length).getBytes(US_ASCII));
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    byte[] some = new byte[4096];
    int count = socket.getInputStream().read(some);
    return new String(some, 0, Math.max(0, count), US_ASCII).toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @ValueSource(strings = {LENGTH, CHUNKED})
  void aStrangerIsRefusedBeforeAnythingOfItIsRead(String length) throws IOException {
    try (Socket stranger = begin("nobodys", length)) {
      String answer = answer(stranger);
      assertTrue(answer.startsWith("http/1.1 401 "), answer);
      assertTrue(answer.contains("www-authenticate: bearer"), answer);
      assertTrue(answer.contains("application/problem+json"), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/admin/", "/v2/sites/demo/hits", "/q/openapi"})
  void nothingLargeIsReadForWhatIsNoOwnersCall(String path) throws IOException {
    try (Socket stranger = begin(path, "nobodys", LENGTH);
        Socket inChunks = begin(path, "nobodys", CHUNKED)) {
      inChunks.getOutputStream().write(("4000\r\n" + "x".repeat(0x4000)).getBytes(US_ASCII));
      assertTrue(answer(stranger).startsWith("http/1.1 413 "), path);
      assertTrue(answer(inChunks).startsWith("http/1.1 413 "), path);
    }
  }

  @Test
  void ofOneSitesKeysOnlySoManyAreTaken() throws IOException {
    String key = OperatorKey.make(site.slug, "reader");
    // Known from now on: of unknown ones a network has only so many tries.
    as(key).get("/admin/v1/sites/" + site.slug).then().statusCode(200);
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < OPEN_OF_ONE; i++) {
      open.add(begin(key, LENGTH));
    }
    // It may overtake one of those, which is refused instead: so what is taken stays.
    await("the last one to be refused")
        .until(
            () -> {
              Socket more = begin(key, LENGTH);
              open.add(more);
              more.setSoTimeout(500);
              try {
                return answer(more).startsWith("http/1.1 429 ");
              } catch (IOException taken) {
                return false;
              }
            });
    for (Socket socket : open) {
      socket.close();
    }
    await("room again")
        .until(() -> as(key).get("/admin/v1/sites/" + site.slug).statusCode() == 200);
  }

  @Test
  void anOwnersIsReadToItsEnd() {
    as(OperatorKey.KEY)
        .contentType("application/json")
        .body("{\"name\":\"" + "x".repeat(59_000) + "\",\"role\":\"reader\"}")
        .post("/admin/v1/sites/" + site.slug + "/keys")
        .then()
        .statusCode(422);
  }
}

package vn.luot.hit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusIntegrationTest
class FastPathIT extends FastPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"PRI * HTTP/2.0", "GET / FOO/1.1", "GET / HTTP/1.2", "GET / HTTP/0.9"})
  void whoSpeaksAnotherProtocolIsToldSo(String line) {
    KeptConnection.Answer answer = connection.send(line + "\r\nHost: a\r\n\r\n").answer();
    assertEquals(400, answer.status());
    assertTrue(answer.body().contains("speak HTTP/1.1"), answer.body());
    assertTrue(connection.isOver());
  }
}

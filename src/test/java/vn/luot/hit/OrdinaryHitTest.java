package vn.luot.hit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdinaryHitTest {
  @ParameterizedTest
  @ValueSource(strings = {"luot.example", "LUOT.example:8080", "127.0.0.1", "a-b.example:59999"})
  void namesAndAddressesAreOrdinary(String host) {
    assertTrue(HitFastPath.OrdinaryHit.isHost(host));
  }

  /** The server refuses some of them, as it does on the long way. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "a:b", "a:", "a:99999", "a:123456", "[::1]", "a_b", "đ.vn", "a@b"})
  void allElseIsTheServersToJudge(String host) {
    assertFalse(HitFastPath.OrdinaryHit.isHost(host));
  }
}

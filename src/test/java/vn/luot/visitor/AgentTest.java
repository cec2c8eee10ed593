package vn.luot.visitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "Chrome/131.0.6778.39 Mobile ~ Chrome/131 Mobile",
        "iPhone OS 17_5_1 like Mac ~ iPhone OS 17 like Mac",
        "Zalo android/24100644 ~ Zalo android/24100644",
        "a.b 1. 2.x 3_ 4..5 6.7. ~ a.b 1. 2.x 3_ 4..5 6.",
        "12.34.56 ~ 12"
      })
  void minorVersionsAreLeftOut(String name, String kept) {
    assertEquals(kept, Agent.withoutMinorVersions(name));
  }
}

package vn.luot.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "gzip, deflate, br, zstd | true",
        "br;q=1.0, GZIP;q=0.5 | true",
        "deflate, gzip ;q=1 | true",
        "gzip;q=0 | false",
        "br, gzip; q=0.000 | false",
        "notgzip | false",
        "deflate | false",
        "'' | false"
      })
  void isTakenWhereItIsNamedAndNotRefused(String accepted, boolean taken) {
    assertEquals(taken, Gzip.isIn(accepted));
  }

  @Test
  void isNotTakenByWhoNamesNothing() {
    assertFalse(Gzip.isIn(null));
  }
}

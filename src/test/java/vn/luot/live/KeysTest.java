package vn.luot.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import vn.luot.live.redis.Keys;
import vn.luot.site.Site;

class KeysTest {
  @Test
  void aSiteAndItsQuarantineAreInOneBucketSoThatOneScriptTakesBoth() {
    for (int id = 1; id < 1000; id++) {
      assertEquals(Keys.bucket(id), Keys.bucket(Site.quarantineId(id)));
    }
  }
}

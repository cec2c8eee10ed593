package vn.luot.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rules of counting against a reference that only knows what was acknowledged. Seeded: run
 * number n is always the same.
 */
class ModelTest {
  private static final long RUNS = Long.getLong("luot.model.runs", 100_000);

  private static long wrong(Mistake mistake) {
    return LongStream.range(0, RUNS)
        .filter(seed -> new ModelRun(seed, mistake).run() != null)
        .findFirst()
        .orElse(-1);
  }

  @Test
  void noInterleavingLosesOrInventsAHit() {
    long seed = wrong(Mistake.NONE);
    assertEquals(-1, seed, () -> "run " + seed + ": " + new ModelRun(seed, Mistake.NONE).run());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void whatTheDesignForbidsIsFoundOut(Mistake mistake) {
    assertTrue(wrong(mistake) >= 0, mistake + " went unnoticed");
  }
}

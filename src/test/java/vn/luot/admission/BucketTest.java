package vn.luot.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BucketTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  private static int admitted(Bucket bucket, long now, int attempts, int most) {
    int admitted = 0;
    for (int i = 0; i < attempts; i++) {
      admitted += bucket.take(now, MINUTE, most) == 0 ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void aFullBucketAdmitsItsWholeContentAtOnce() {
    assertEquals(600, admitted(new Bucket(0), 0, 10_000, 600));
    assertEquals(1, admitted(new Bucket(0), 0, 10_000, 1));
  }

  @Test
  void anEmptyOneAdmitsAsMuchAsTheTimeBrings() {
    Bucket bucket = new Bucket(0);
    admitted(bucket, 0, 10_000, 600);
    assertEquals(0, admitted(bucket, SECOND / 20, 100, 600));
    assertEquals(10, admitted(bucket, SECOND, 100, 600));
    assertEquals(10, admitted(bucket, 2 * SECOND, 100, 600));
    assertEquals(600, admitted(bucket, 2 * SECOND + MINUTE, 10_000, 600));
  }

  @Test
  void waitingAsLongAsSaidIsEnough() {
    Bucket bucket = new Bucket(0);
    admitted(bucket, 0, 10, 6);
    long wait = bucket.take(SECOND, MINUTE, 6);
    assertEquals(9 * SECOND, wait);
    assertEquals(0, bucket.take(SECOND + wait, MINUTE, 6));
  }

  @Test
  void aClockThatOverflowsChangesNothing() {
    Bucket bucket = new Bucket(Long.MAX_VALUE - SECOND);
    assertEquals(60, admitted(bucket, Long.MAX_VALUE - SECOND, 100, 60));
    assertEquals(2, admitted(bucket, Long.MIN_VALUE + SECOND, 100, 60));
  }
}

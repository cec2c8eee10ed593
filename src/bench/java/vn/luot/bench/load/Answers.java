package vn.luot.bench.load;

/**
 * What a generator saw.
 *
 * @param answered requests with an answer, whatever its status
 * @param failed answers other than 2xx and requests without one
 * @param micros how long it lasted
 * @param p50 latency in microseconds; of a closed loop it hides how long others would have waited,
 *     of an open one it counts from when the request was due
 * @param p99 the same
 */
public record Answers(long answered, long failed, long micros, long p50, long p99) {
  public double perSecond() {
    return answered * 1e6 / micros;
  }
}

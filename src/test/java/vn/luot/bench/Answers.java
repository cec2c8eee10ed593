package vn.luot.bench;

/**
 * What a generator saw.
 *
 * @param answered requests with an answer, whatever its status
 * @param failed answers other than 2xx and requests without one
 * @param micros how long it lasted
 * @param p50 latency in microseconds, in a closed loop: it hides how long others would have waited
 * @param p99 the same
 */
record Answers(long answered, long failed, long micros, long p50, long p99) {
  double perSecond() {
    return answered * 1e6 / micros;
  }
}

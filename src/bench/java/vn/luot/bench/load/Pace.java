package vn.luot.bench.load;

/**
 * How hard and how long.
 *
 * @param perSecond arrivals of a Poisson process; 0 for a closed loop, where every connection sends
 *     its next request when the last one is answered
 */
public record Pace(int connections, int perSecond, int seconds) {
  public static Pace closed(int connections, int seconds) {
    return new Pace(connections, 0, seconds);
  }
}

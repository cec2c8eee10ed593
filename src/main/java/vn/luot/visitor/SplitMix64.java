package vn.luot.visitor;

/** The last step of SplitMix64 (Steele, Lea, Flood 2014), which maps no two numbers to one. */
public final class SplitMix64 {
  private SplitMix64() {}

  /** Every bit of it depends on every bit of {@code number}. */
  public static long of(long number) {
    long first = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
    long second = (first ^ first >>> 27) * 0x94d049bb133111ebL;
    return second ^ second >>> 31;
  }

  /**
   * One hash of two numbers, such as that of a visitor or network, and a page: two of a million
   * such pairs share it with a probability of 3 in 10^8. Nobody can choose it who does not know the
   * first.
   */
  public static long of(long id, long number) {
    return of(of(id) + number);
  }
}

package vn.luot.bench;

/**
 * How much is measured; each by a system property such as {@code -Dluot.bench.rounds=3}; {@code
 * repeatView} in seconds.
 */
record Size(
    int rounds, int seconds, int warmUp, int connections, int pages, int visitors, int repeatView) {
  static Size given() {
    return new Size(
        Integer.getInteger("luot.bench.rounds", 5),
        Integer.getInteger("luot.bench.seconds", 10),
        Integer.getInteger("luot.bench.warmUp", 25),
        Integer.getInteger("luot.bench.connections", 64),
        Integer.getInteger("luot.bench.pages", 10_000),
        Integer.getInteger("luot.bench.visitors", 100_000),
        Integer.getInteger("luot.bench.repeatView", 10));
  }
}

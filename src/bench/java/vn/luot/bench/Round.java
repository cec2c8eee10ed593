package vn.luot.bench;

/**
 * One variant measured once: throughput, and CPU per request of each process, in microseconds.
 *
 * @param refused how many requests were not answered 2xx: none, unless the machine is busy
 *     elsewhere
 */
record Round(
    double perSecond,
    double service,
    double redis,
    double postgres,
    long p50,
    long p99,
    long refused) {}

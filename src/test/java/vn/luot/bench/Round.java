package vn.luot.bench;

/** One variant measured once: throughput, and CPU per request of each process, in microseconds. */
record Round(double perSecond, double service, double redis, double postgres, long p50, long p99) {}

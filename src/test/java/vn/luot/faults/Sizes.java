package vn.luot.faults;

/**
 * How much a fault test does: little in every build, all of it with {@code mvn -Pfaults verify}.
 */
final class Sizes {
  /** Acknowledged hits of a counting test. */
  static final int HITS = Integer.getInteger("luot.faults.hits", 10_000);

  /** Acknowledged votes, changes and withdrawals. */
  static final int VOTES = Integer.getInteger("luot.faults.votes", 2_000);

  /** SIGKILLs of the service during a counting test. */
  static final int POD_KILLS = Integer.getInteger("luot.faults.podKills", 2);

  /** SIGKILLs of Redis. */
  static final int REDIS_KILLS = Integer.getInteger("luot.faults.redisKills", 1);

  /** Restarts of PostgreSQL. */
  static final int POSTGRES_KILLS = Integer.getInteger("luot.faults.postgresKills", 1);

  /** FLUSHALLs of Redis. */
  static final int FLUSHALLS = Integer.getInteger("luot.faults.flushalls", 2);

  /** Connections of the tests that run as fast as they can. */
  static final int CONNECTIONS = 64;

  private Sizes() {}
}

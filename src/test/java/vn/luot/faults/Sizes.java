package vn.luot.faults;

/**
 * How much a fault test does: little in every build, all of it with {@code mvn -Pfaults verify}.
 */
final class Sizes {
  /** Acknowledged hits of a counting test. */
  static final int HITS = Integer.getInteger("luot.faults.hits", 4_000);

  /** Acknowledged votes, changes and withdrawals. */
  static final int VOTES = Integer.getInteger("luot.faults.votes", 1_000);

  /** SIGKILLs of the service during a counting test. */
  static final int POD_KILLS = Integer.getInteger("luot.faults.podKills", 2);

  /** The same while votes are cast. */
  static final int VOTE_POD_KILLS = Integer.getInteger("luot.faults.votePodKills", 1);

  /** SIGKILLs of Redis. */
  static final int REDIS_KILLS = Integer.getInteger("luot.faults.redisKills", 1);

  /** Restarts of PostgreSQL. */
  static final int POSTGRES_KILLS = Integer.getInteger("luot.faults.postgresKills", 1);

  /** FLUSHALLs of Redis. */
  static final int FLUSHALLS = Integer.getInteger("luot.faults.flushalls", 2);

  /** Whether everything is done that takes long: {@code mvn -Pfaults verify}. */
  static final boolean FULL = Boolean.getBoolean("luot.faults.full");

  /** How long Redis is frozen. */
  static final int FROZEN_SECONDS = Integer.getInteger("luot.faults.frozenSeconds", 3);

  /** How much older the copy is that PostgreSQL is put back to. */
  static final int RESTORED_SECONDS = Integer.getInteger("luot.faults.restoredSeconds", 3);

  /** How long PostgreSQL is stopped. */
  static final int STOPPED_SECONDS = Integer.getInteger("luot.faults.stoppedSeconds", 2);

  /** Failovers to a replica. */
  static final int FAILOVERS = Integer.getInteger("luot.faults.failovers", 1);

  /** How often a slot of a Redis Cluster is moved. */
  static final int SLOT_MOVES = Integer.getInteger("luot.faults.slotMoves", 2);

  /** Restarts of the service in good order. */
  static final int RESTARTS = Integer.getInteger("luot.faults.restarts", 2);

  /** Made-up pages of one site. */
  static final int RANDOM_PAGES = Integer.getInteger("luot.faults.randomPages", 1_000_000);

  /** Clients that send a head slowly, and as many that send a body slowly. */
  static final int SLOW_CLIENTS = Integer.getInteger("luot.faults.slowClients", 200);

  /** Of the soak test. */
  static final int SOAK_MINUTES = Integer.getInteger("luot.faults.soakMinutes", 0);

  /** Acknowledged hits between one fault and the next. */
  static final int BETWEEN = FULL ? 2_000 : 500;

  /** How often Redis is told to forget its scripts, once a second. */
  static final int SCRIPT_FLUSHES = FULL ? 10 : 2;

  /** Connections of the tests that run as fast as they can. */
  static final int CONNECTIONS = 64;

  private Sizes() {}
}

package vn.luot.register;

/**
 * PostgreSQL's advisory locks, each held by whoever writes such rows of a site, to the end of its
 * transaction. Statements lock totals in two passes, for rows inserted and for rows updated, so
 * that two of one site would wait for each other. Whoever takes several takes them in this order.
 */
public enum Lock {
  PAGES(2),
  HOURS(1),
  BASELINES(3);

  /**
   * An SQL expression for the flush: its statement waits for no lock longer, as an import holds
   * some of a site for minutes. It fails then and is repeated; other sites are flushed meanwhile.
   */
  public static final String WAIT_BRIEFLY = "set_config('lock_timeout', '1s', true)";

  private final int number;

  Lock(int number) {
    this.number = number;
  }

  /**
   * An SQL expression that takes it.
   *
   * @param site another one, such as $1
   */
  public String of(String site) {
    return "pg_advisory_xact_lock(" + number + ", " + site + ")";
  }
}

package vn.luot.direct;

/** What becomes of a hit while Redis cannot take it. */
public enum Degraded {
  /** It is answered 503. */
  REFUSE,
  /** It is counted in PostgreSQL: slower, without visits, and nobody is known to be online. */
  DIRECT
}

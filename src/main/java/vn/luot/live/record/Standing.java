package vn.luot.live.record;

/** Whether a page that was not viewed yet on a day is counted by itself, or as {@code ~other}. */
public enum Standing {
  /** Only if it was viewed already: its network has brought as many new pages as one may. */
  REFUSED('-'),
  /** As long as the day has room. */
  ORDINARY(' '),
  /** In twice the room: another network asked for it as well. */
  CONFIRMED('2'),
  /** In any case, and it takes no room: PostgreSQL knows it. */
  KNOWN('+');

  /** How {@code record_hits.lua} is told. */
  final char sign;

  Standing(char sign) {
    this.sign = sign;
  }

  Standing or(Standing other) {
    return compareTo(other) < 0 ? other : this;
  }
}

package vn.luot.live;

/** What must have happened in Redis before a hit or a vote is answered as stored. */
public enum Durability {
  /** Redis executed it: a machine that is lost takes its last seconds along. */
  LOCAL,
  /** A replica has it too. */
  REPLICATED,
  /** It is on disk: what Redis itself does with {@code appendfsync always}. */
  FSYNC
}

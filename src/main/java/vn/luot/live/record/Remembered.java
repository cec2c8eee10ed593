package vn.luot.live.record;

import vn.luot.live.Epochs;

/**
 * What Redis must remember of a writer as long as its memory was not put back: the last sequence
 * known to be recorded.
 *
 * @param epoch in which
 */
public record Remembered(long epoch, long sequence) {
  public static final Remembered NOTHING = new Remembered(Epochs.UNKNOWN, -1);

  /** As the script is told: the sequence and one, 0 for none. */
  long in(long asked, boolean inDoubt) {
    // A batch in doubt may be recorded: whoever knows nothing of its writer must not do it again.
    return Math.max(epoch == asked ? sequence + 1 : 0, inDoubt ? 1 : 0);
  }
}

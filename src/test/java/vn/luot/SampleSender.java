package vn.luot;

import vn.luot.visitor.Sender;
import vn.luot.visitor.Sender.Visitor;

/** Who sent a view, for tests of what only needs to be told so. */
public final class SampleSender {
  private SampleSender() {}

  /** {@code visitor} is null where nothing is known of it. */
  public static Sender of(Visitor visitor) {
    return visitor == null ? Sender.UNKNOWN : new Sender(visitor, visitor.id(), false, null);
  }
}

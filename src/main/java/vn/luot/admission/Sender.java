package vn.luot.admission;

import vn.luot.visitor.Visitor;

/**
 * Who sent a hit or a heartbeat.
 *
 * @param visitor null for a robot, and where the visitor wants not to be known
 */
public record Sender(Visitor visitor, boolean robot) {
  static final Sender ROBOT = new Sender(null, true);
  public static final Sender UNKNOWN = new Sender(null, false);

  static Sender of(Visitor visitor) {
    return new Sender(visitor, false);
  }
}

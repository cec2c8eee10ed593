package vn.luot.visitor.hash;

/**
 * Who sent a hit or a heartbeat.
 *
 * @param visitor null for a robot, where the visitor wants not to be known, and where its network
 *     brought as many as one may
 * @param repeatsAs by whom repeated views are found: the visitor, or its network where the visitor
 *     is not known; 0 where neither is
 * @param block the addresses around its own; null where that is not known
 */
public record Sender(Visitor visitor, long repeatsAs, boolean robot, NetworkHash block) {
  public static final Sender ROBOT = new Sender(null, 0, true, null);
  public static final Sender UNKNOWN = new Sender(null, 0, false, null);
}

package vn.luot.visitor;

import org.jspecify.annotations.Nullable;
import vn.luot.visitor.Agent.Devices;
import vn.luot.visitor.Network.NetworkHash;

/**
 * Who sent a hit or a heartbeat.
 *
 * @param visitor null for a robot, where the visitor wants not to be known, and where its network
 *     brought as many as one may
 * @param repeatsAs by whom repeated views are found: the visitor, or its network where the visitor
 *     is not known; 0 where neither is
 * @param block the addresses around its own; null where that is not known
 */
public record Sender(
    @Nullable Visitor visitor, long repeatsAs, boolean robot, @Nullable NetworkHash block) {
  public static final Sender ROBOT = new Sender(null, 0, true, null);
  public static final Sender UNKNOWN = new Sender(null, 0, false, null);

  /**
   * Somebody on a site, known by a keyed hash for a day.
   *
   * @param id the hash under today's salt
   * @param previousId the hash under yesterday's salt while a visit may go on over midnight, else 0
   * @param device what a visit of theirs begins with; see {@link Devices}
   */
  public record Visitor(long id, long previousId, String device) {}
}

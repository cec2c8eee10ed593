package vn.luot.visitor.hash;

import vn.luot.visitor.agent.Devices;

/**
 * Somebody on a site, known by a keyed hash for a day.
 *
 * @param id the hash under today's salt
 * @param previousId the hash under yesterday's salt while a visit may go on over midnight, else 0
 * @param device what a visit of theirs begins with; see {@link Devices}
 */
public record Visitor(long id, long previousId, String device) {}

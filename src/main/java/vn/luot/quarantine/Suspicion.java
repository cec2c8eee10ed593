package vn.luot.quarantine;

import vn.luot.site.Site;

/**
 * What a hit of a site is told whose views come fast.
 *
 * @param quarantine what the views of a burst count into
 * @param burst whether there is one: if not, its number of views is only to be looked at, since
 *     other pods may have begun to count into it
 */
public record Suspicion(Site quarantine, boolean burst) {}

package vn.luot.admin.access;

import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/**
 * Who calls an admin call.
 *
 * @param name as entries and keys made by this owner say who made them
 * @param siteId the one site within reach; null for every site
 * @param label only sites with this label are within reach; null for all
 * @param key the id of the key; null for the first operator key and for people
 */
public record Owner(
    String name,
    Role role,
    @Nullable Integer siteId,
    @Nullable String label,
    @Nullable Integer key) {
  /** The security identity's attribute that holds the owner. */
  public static final String ATTRIBUTE = "owner";

  public boolean everySite() {
    return siteId == null && label == null;
  }

  public boolean reaches(Site site) {
    return (siteId == null || siteId == site.id())
        && (label == null || site.rules().labels().contains(label));
  }

  public void requireRole(Role needed) {
    if (!role.includes(needed)) {
      throw Refusal.of(
          Reason.NOT_PERMITTED,
          "This takes the role " + needed.label() + "; the key has the role " + role.label() + ".");
    }
  }
}

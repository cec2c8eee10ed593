package vn.luot.admin.access.owner;

import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/**
 * Who calls an admin call.
 *
 * @param name as entries and keys made by this owner say who made them
 * @param siteId the one site within reach; null for every site
 * @param key the id of the key; null for the first operator key and for people
 */
public record Owner(String name, Role role, Integer siteId, Integer key) {
  /** The security identity's attribute that holds the owner. */
  public static final String ATTRIBUTE = "owner";

  public boolean reaches(int site) {
    return siteId == null || siteId == site;
  }

  public void requireRole(Role needed) {
    if (!role.includes(needed)) {
      throw Refusal.of(
          Reason.NOT_PERMITTED,
          "This takes the role " + needed.label() + "; the key has the role " + role.label() + ".");
    }
  }
}

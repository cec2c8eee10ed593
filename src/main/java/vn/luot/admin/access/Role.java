package vn.luot.admin.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an owner may do; each role includes the ones before it. */
public enum Role {
  /** Sees numbers, and nothing of how the site is run: whom a link is given to. */
  VIEWER,
  /** Reads numbers. */
  READER,
  /** Changes a site, its baselines and votes. */
  EDITOR,
  /** Makes and deletes sites and keys. */
  OPERATOR;

  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** Whose keys this role may list, make and revoke: an editor shares the site's numbers. */
  public boolean hands(@Nullable Role key) {
    return this == OPERATOR || this == EDITOR && key == VIEWER;
  }

  /** As it is written in JSON and in PostgreSQL. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Null where there is no such role. */
  public static @Nullable Role of(String label) {
    for (Role role : values()) {
      if (role.label().equals(label)) {
        return role;
      }
    }
    return null;
  }
}

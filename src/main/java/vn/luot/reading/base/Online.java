package vn.luot.reading.base;

/** How many visitors are online, as far as that is known. */
public final class Online {
  private Online() {}

  /**
   * Null for up to a window after Redis was emptied: it does not know who was there before. Where
   * nothing was counted today or yesterday before that, nobody was.
   *
   * @param live as Redis says it: -1 - n while n are known and others may be there
   * @param base null where it is not known
   */
  public static Long shown(long live, SiteBase base) {
    if (live >= 0) {
      return live;
    }
    boolean nobody = base != null && base.views().today() + base.views().yesterday() == 0;
    return nobody ? Long.valueOf(-1 - live) : null;
  }
}

package vn.luot.quarantine;

/**
 * What is usual for a site, so far as it is known.
 *
 * @param days days with views among those looked at
 * @param busiestHour views of the busiest hour of a day: the median over the days, which one odd
 *     day does not move
 * @param enough whether the site has been counting for long enough to be judged
 */
public record UsualRate(int days, double busiestHour, boolean enough) {
  private static final int MINUTES = 60;

  /** Views a minute beyond which they are a burst; 0 where nothing is. */
  public double mostPerMinute(int factor, int above) {
    return factor > 0 && enough ? Math.max(above, factor * busiestHour / MINUTES) : 0;
  }
}

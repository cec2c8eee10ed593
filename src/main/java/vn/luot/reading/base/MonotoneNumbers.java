package vn.luot.reading.base;

/**
 * Keeps the numbers of a site from going back before its readers' eyes when Redis is lost with what
 * it had not handed on: what was shown last is shown until the true numbers have passed it.
 */
public final class MonotoneNumbers {
  // Written by every event loop without a lock: a value that another one overwrites is as good.
  private volatile Numbers last;
  private volatile Numbers floor;
  private volatile long lastVisitors;
  private volatile long fewestVisitors;

  /** Of a site. */
  public record Numbers(Sums views, Sums visits) {
    Numbers atLeast(Numbers other) {
      return new Numbers(views.atLeast(other.views), visits.atLeast(other.visits));
    }
  }

  Numbers shown(Sums views, Sums visits) {
    Numbers now = new Numbers(views, visits);
    // Another loop may take it away meanwhile.
    Numbers least = floor;
    if (least != null) {
      now = now.atLeast(least);
      if (views.total() >= least.views.total() && visits.total() >= least.visits.total()) {
        floor = null;
      }
    }
    last = now;
    return now;
  }

  /** The distinct visitors of the day. */
  long shown(long visitors) {
    lastVisitors = Math.max(visitors, fewestVisitors);
    return lastVisitors;
  }

  /** To be called when another epoch begins on the same day. */
  void lost() {
    floor = last;
    fewestVisitors = lastVisitors;
  }
}

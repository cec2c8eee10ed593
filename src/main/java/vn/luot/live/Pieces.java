package vn.luot.live;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what a script has to do for a flush into pieces, to be called one after the other: Redis
 * does nothing else meanwhile, and 5000 pages at once kept hits waiting for 20 milliseconds.
 */
public final class Pieces {
  private static final int MOST = 60;

  private Pieces() {}

  public static <T> List<List<T>> of(List<T> all) {
    List<List<T>> pieces = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST) {
      pieces.add(all.subList(from, Math.min(all.size(), from + MOST)));
    }
    return pieces;
  }
}

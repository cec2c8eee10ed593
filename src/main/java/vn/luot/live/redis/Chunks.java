package vn.luot.live.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what a script has to do for a flush into chunks, to be called one after the other: Redis
 * does nothing else meanwhile. Beside a flush half of 2,000 hits a second were answered within 4
 * milliseconds with chunks of 250, and within 2 with these, on two cores shared by all. Scripts
 * count on a chunk being short enough for Lua's stack.
 */
public final class Chunks {
  private static final int MOST = 60;

  private Chunks() {}

  public static <T> List<List<T>> of(List<T> all) {
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST) {
      chunks.add(all.subList(from, Math.min(all.size(), from + MOST)));
    }
    return chunks;
  }
}

package vn.luot;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import vn.luot.site.Site;

/** Sites that are registered nowhere, for tests of what only needs to be told its rules. */
public final class SampleSite {
  private SampleSite() {}

  /** With a random number, so that its numbers in Redis are its own. */
  public static Site counting(Duration repeatView) {
    int id = ThreadLocalRandom.current().nextInt(1_000_000, 1_000_000_000);
    return of(id, Set.of(), repeatView, 0);
  }

  public static Site watching(int id, Duration onlineWindow, Duration visitGap) {
    return of(id, Set.of(), Duration.ZERO, 0, onlineWindow, visitGap);
  }

  public static Site limited(int id, int clientHitsPerMinute) {
    return of(id, Set.of(), Duration.ZERO, clientHitsPerMinute);
  }

  public static Site servedAt(String... origins) {
    return of(1, Set.of(origins), Duration.ZERO, 0);
  }

  private static Site of(
      int id, Set<String> origins, Duration repeatView, int clientHitsPerMinute) {
    Duration window = Duration.ofSeconds(300);
    return of(id, origins, repeatView, clientHitsPerMinute, window, Duration.ofSeconds(1800));
  }

  private static Site of(
      int id,
      Set<String> origins,
      Duration repeatView,
      int clientHitsPerMinute,
      Duration onlineWindow,
      Duration visitGap) {
    return new Site(
        id,
        "unregistered",
        "Test",
        origins,
        ZoneId.of("Asia/Ho_Chi_Minh"),
        onlineWindow,
        visitGap,
        List.of(),
        true,
        true,
        true,
        Set.of(),
        repeatView,
        clientHitsPerMinute,
        false,
        false,
        0,
        600,
        null,
        false,
        0);
  }
}

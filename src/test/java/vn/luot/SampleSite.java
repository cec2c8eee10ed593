package vn.luot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import vn.luot.site.Site;
import vn.luot.site.SiteRules;

/** Sites that are registered nowhere, for tests of what only needs to be told its rules. */
public final class SampleSite {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SampleSite() {}

  /** With a random number, so that its numbers in Redis are its own. */
  public static Site counting(int repeatViewSeconds) {
    int id = ThreadLocalRandom.current().nextInt(1_000_000, 1_000_000_000);
    return of(id, Map.of("repeatViewSeconds", repeatViewSeconds));
  }

  public static Site watching(int id, int onlineWindowSeconds, int visitGapSeconds) {
    return of(
        id,
        Map.of(
            "repeatViewSeconds", 0,
            "onlineWindowSeconds", onlineWindowSeconds,
            "visitGapSeconds", visitGapSeconds));
  }

  public static Site limited(int id, int clientHitsPerMinute) {
    return of(id, Map.of("repeatViewSeconds", 0, "clientHitsPerMinute", clientHitsPerMinute));
  }

  public static Site servedAt(String... origins) {
    return of(1, Map.of("origins", List.of(origins)));
  }

  /** {@code rules} as owners send them; the others have their defaults. */
  public static Site of(int id, Map<String, ?> rules) {
    try {
      SiteRules all = JSON.readValue(JSON.writeValueAsString(rules), SiteRules.class);
      return new Site(id, all, null, false, 0);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}

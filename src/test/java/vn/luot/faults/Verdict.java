package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import vn.luot.Database;

/**
 * What PostgreSQL holds of a load, against what was answered.
 *
 * @param acknowledged hits answered 2xx
 * @param counted views in PostgreSQL
 * @param lost acknowledged and not counted
 * @param doubled counted more often than sent
 * @param unasked not acknowledged and yet counted, once
 * @param untrue totals that are not the sum of their registers
 * @param apart views by which a site and its pages differ: 0 unless Redis lost what was not
 *     flushed, see Flusher
 */
record Verdict(
    long acknowledged,
    long counted,
    long lost,
    long doubled,
    long unasked,
    long untrue,
    long apart) {

  private static final String UNTRUE =
      """
      SELECT count(*) FROM (
        (SELECT site_id, sum(views), sum(visits) FROM hourly_views GROUP BY 1
         EXCEPT SELECT site_id, views, visits FROM site_total)
        UNION ALL
        (SELECT site_id, sum(views), sum(visits) FROM daily_total GROUP BY 1
         EXCEPT SELECT site_id, views, visits FROM site_total)
        UNION ALL
        (SELECT site_id, page, sum(views) FROM page_views GROUP BY 1, 2
         EXCEPT SELECT site_id, page, views FROM page_total)
        UNION ALL
        (SELECT site_id, page, sum(visits) FROM page_views GROUP BY 1, 2
         EXCEPT SELECT site_id, page, visits FROM page_total)) AS untrue
      """;

  /** To be asked for after a flush that began when the load was over. */
  static Verdict of(Database database, Plan plan, Tally tally) {
    String sites =
        plan.sites().stream()
            .map(site -> Integer.toString(site.id()))
            .collect(Collectors.joining(", ", "(", ")"));
    Map<Page.Key, Integer> counts = counts(database, sites);
    long acknowledged = 0;
    long lost = 0;
    long doubled = 0;
    long unasked = 0;
    for (int place = 0; place < plan.places(); place++) {
      int least = tally.acknowledged.get(place);
      int most = least + tally.uncertain.get(place);
      if (most > 0) {
        int counted = counts.getOrDefault(plan.page(place).key(), 0);
        acknowledged += least;
        lost += Math.max(0, least - counted);
        doubled += Math.max(0, counted - most);
        unasked += Math.max(0, Math.min(counted, most) - least);
      }
    }
    long counted = database.number(sum("page_total", sites));
    long apart = Math.abs(counted - database.number(sum("site_total", sites)));
    long untrue = database.number(UNTRUE);
    return new Verdict(acknowledged, counted, lost, doubled, unasked, untrue, apart);
  }

  private static String sum(String table, String sites) {
    return "SELECT coalesce(sum(views), 0) FROM %s WHERE site_id IN %s".formatted(table, sites);
  }

  private static Map<Page.Key, Integer> counts(Database database, String sites) {
    Map<Page.Key, Integer> counts = new HashMap<>();
    for (String row :
        (Iterable<String>)
            database
                    .table("SELECT site_id, page, views FROM page_total WHERE site_id IN " + sites)
                    .lines()
                ::iterator) {
      String[] column = row.split(" ");
      counts.put(
          new Page.Key(Integer.parseInt(column[0]), Long.parseLong(column[1])),
          Integer.parseInt(column[2]));
    }
    return counts;
  }

  void assertExactlyOnce() {
    assertEquals(
        "lost 0, doubled 0, untrue 0, apart 0",
        "lost %d, doubled %d, untrue %d, apart %d".formatted(lost, doubled, untrue, apart));
    assertEquals(acknowledged + unasked, counted);
  }

  /** Where a store was lost with what it had not handed on. */
  void assertNeverTwice() {
    assertEquals("doubled 0, untrue 0", "doubled %d, untrue %d".formatted(doubled, untrue));
  }
}

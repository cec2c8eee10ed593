package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody makes up a page for every hit: memory is bounded, and others do not notice. */
@ExtendWith(Deployed.class)
@AtFullSize
class RandomPagesIT {
  private static final int PAGES_PER_DAY = 20_000;
  private static final int ORDINARY_PAGES = 1_000;
  private static final int MOST_REDIS_GROWS = 10 << 20;

  /** What is on its way when enough are acknowledged. */
  private static final int MORE = 1_000;

  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final Load.Shape ATTACK = new Load.Shape(16, 2_000);
  private static final Load.Shape OTHERS = new Load.Shape(4, 100);

  private final Map<String, Object> figures = new LinkedHashMap<>();

  @Test
  void madeUpPagesAreBoundedAndDisturbNobody(Deployment deployment) {
    try (Pod pod =
        deployment.anotherPod(Map.of("LUOT_LIVE_PAGES_PER_DAY", Integer.toString(PAGES_PER_DAY)))) {
      FreshSite attacked = FreshSite.register(deployment.database);
      FreshSite other = FreshSite.register(deployment.database);
      pod.awaitSite(attacked.slug());
      pod.awaitSite(other.slug());
      // As many hits a second for ordinary pages: what the other site is used to.
      Plan ordinary = Plan.spread(List.of(attacked), ORDINARY_PAGES);
      int hits = Sizes.RANDOM_PAGES / 10;
      load(pod, ordinary, other, hits, false, "warmUp");
      long usual = load(pod, ordinary, other, hits, false, "usual");
      long before = redisBytes(deployment);
      FreshSite random = FreshSite.knownTo(pod, deployment.database);
      Plan plan = Plan.unique(random, Sizes.RANDOM_PAGES + MORE);
      long attackedP99 = load(pod, plan, other, Sizes.RANDOM_PAGES, true, "attack");
      figures.put("redisGrewBytes", redisBytes(deployment) - before);
      Flushed.await(deployment.redis.port());
      String site = " WHERE site_id = " + random.id();
      figures.put("pages", deployment.database.number("SELECT count(*) FROM page_total" + site));
      figures.put("total", deployment.database.number("SELECT views FROM site_total" + site));
      Figures.append(figures);
      assertEquals(figures.get("attackCounted"), figures.get("total"));
      assertEquals(PAGES_PER_DAY + 1L, figures.get("pages"));
      assertTrue((long) figures.get("redisGrewBytes") <= MOST_REDIS_GROWS, figures::toString);
      // Below a few milliseconds it is the machine's noise that is compared.
      assertTrue(attackedP99 < 2 * Math.max(usual, 5), figures::toString);
    }
  }

  /** The 99th percentile of the other site's answers meanwhile. */
  private long load(Pod pod, Plan plan, FreshSite other, int hits, boolean exactly, String name) {
    long begin = System.nanoTime();
    try (Load attack = Load.begin(plan, ATTACK, pod.port());
        Load others = Load.begin(Plan.spread(List.of(other), 100), OTHERS, pod.port())) {
      attack.awaitAcknowledged(hits, LIMIT);
      long p99 = others.tally.takePercentileMillis(99);
      figures.put(name + "P99Millis", p99);
      figures.put(name + "PerSecond", hits * 1_000_000_000L / (System.nanoTime() - begin));
      if (exactly) {
        attack.close();
        figures.put(name + "Counted", (long) attack.tally.ok.get());
        assertEquals(attack.sent(), attack.tally.ok.get(), "all hits are answered 200");
      }
      return p99;
    }
  }

  private static long redisBytes(Deployment deployment) {
    return RedisCommand.send(deployment.redis.port(), "INFO", "memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElseThrow();
  }
}

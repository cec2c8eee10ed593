package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One test's load on fresh sites: begun, disturbed by the test, ended, judged and written down. */
final class Run implements AutoCloseable {
  private static final int MOST_HITS = 6_000_000;

  final Load load;
  private final String name;
  private final Deployment deployment;
  private final Plan plan;
  private final long begin = System.nanoTime();
  private final Map<String, Object> figures = new LinkedHashMap<>();

  private Run(String name, Deployment deployment, Plan plan, Load load) {
    this.name = name;
    this.deployment = deployment;
    this.plan = plan;
    this.load = load;
  }

  /** A page of its own for every hit. */
  static Run unique(String name, Deployment deployment, Load.Shape shape) {
    return unique(name, deployment, deployment.pod, shape);
  }

  /** The same, sent to a pod that is not the deployment's own. */
  static Run unique(String name, Deployment deployment, Pod pod, Load.Shape shape) {
    return unique(name, deployment, List.of(pod), shape);
  }

  /** The same, sent to several pods in turn. */
  static Run unique(String name, Deployment deployment, List<Pod> pods, Load.Shape shape) {
    FreshSite site = FreshSite.register(deployment.database);
    return unique(name, deployment, pods, shape, site);
  }

  /** The same, sent to what stands before the pods. */
  static Run behind(
      int port, String name, Deployment deployment, List<Pod> pods, Load.Shape shape) {
    FreshSite site = FreshSite.register(deployment.database);
    pods.forEach(pod -> pod.awaitSite(site.slug()));
    Plan plan = Plan.unique(site, MOST_HITS);
    return new Run(name, deployment, plan, Load.begin(plan, shape, port));
  }

  /** The same for a site that is registered already. */
  static Run unique(
      String name, Deployment deployment, List<Pod> pods, Load.Shape shape, FreshSite site) {
    pods.forEach(pod -> pod.awaitSite(site.slug()));
    Plan plan = Plan.unique(site, MOST_HITS);
    int[] ports = pods.stream().mapToInt(Pod::port).toArray();
    return new Run(name, deployment, plan, Load.begin(plan, shape, ports));
  }

  /** The same pages on each of so many sites. */
  static Run spread(String name, Deployment deployment, Load.Shape shape, int sites, int pages) {
    Plan plan = Plan.spread(sites(deployment, deployment.pod, sites), pages);
    return new Run(name, deployment, plan, Load.begin(plan, shape, deployment.pod.port()));
  }

  private static List<FreshSite> sites(Deployment deployment, Pod pod, int count) {
    List<FreshSite> sites = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> sites.add(FreshSite.register(deployment.database)));
    sites.forEach(site -> pod.awaitSite(site.slug()));
    return sites;
  }

  FreshSite site() {
    return plan.sites().get(0);
  }

  /** A figure of the test's own. */
  void figure(String what, Object value) {
    figures.put(what, value);
  }

  /** Ends the load and says what became of its hits once everything is flushed. */
  Verdict judge() {
    return judge(deployment.redis.port());
  }

  /** The same where another Redis than the deployment's own had them. */
  Verdict judge(int redisPort) {
    load.close();
    double seconds = (System.nanoTime() - begin) / 1e9;
    figure("flushMillis", Flushed.await(redisPort).toMillis());
    Verdict verdict = Verdict.of(deployment.database, plan, load.tally);
    Figures.write(name, seconds, load, verdict, figures);
    return verdict;
  }

  /**
   * Every hit was answered 200. In a build some may be refused: on a machine that is busy with
   * other things a hit may wait for longer than it is let.
   */
  void assertAnswered() {
    assertEquals(0, load.tally.otherwise.get() + load.tally.unanswered.get());
    int mostRefused = Sizes.FULL ? 0 : load.sent() / 10;
    assertTrue(load.tally.refused.get() <= mostRefused, load.tally.refused + " refused");
  }

  @Override
  public void close() {
    load.close();
  }
}

package vn.luot.k8s;

import static vn.luot.k8s.Rule.must;
import static vn.luot.k8s.Rule.of;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What keeps Luot's own promises: nothing is lost when pods come and go, no store is overrun. */
final class LuotRules {
  static final List<Rule> ALL =
      List.of(
          of("is scaled, and not by the number in the manifest", LuotRules::scaled),
          of("keeps pods when nodes are drained", LuotRules::disrupted),
          of("replaces pods only by pods that are ready", LuotRules::rolled),
          of("gives a pod the time to drain", LuotRules::drained),
          of("lets a job be applied again with other settings", LuotRules::jobs),
          of("spreads pods over nodes and zones", LuotRules::spread),
          of("never needs more connections than PostgreSQL has", LuotRules::connections),
          of("sends no picture to another pod again", LuotRules::picture),
          of("leaves Redis room to rewrite its file", LuotRules::redisMemory),
          of("lets Redis lose and evict nothing", LuotRules::redisKeeps));

  /** Kept by PostgreSQL for its superuser. */
  private static final int RESERVED = 3;

  private LuotRules() {}

  private static Deployment luot(Manifests all) {
    return all.only(Deployment.class, "luot");
  }

  private static HorizontalPodAutoscaler scaler(Manifests all) {
    return all.only(HorizontalPodAutoscaler.class, "luot");
  }

  private static void scaled(Manifests all) {
    must(luot(all).getSpec().getReplicas() == null, "replicas would be reset by every apply");
    must(scaler(all).getSpec().getScaleTargetRef().getName().equals("luot"), "another target");
    must(
        scaler(all).getSpec().getMetrics().stream().anyMatch(m -> m.getType().equals("Resource")),
        "not by CPU");
  }

  private static void disrupted(Manifests all) {
    PodDisruptionBudget budget = all.only(PodDisruptionBudget.class, "luot");
    Workload pods = all.workloads().get(0);
    must(pods.isSelectedBy(budget.getSpec().getSelector()), "selects other pods");
  }

  private static void rolled(Manifests all) {
    must(
        luot(all).getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal() == 0,
        "maxUnavailable");
  }

  private static void drained(Manifests all) {
    Container container = luot(all).getSpec().getTemplate().getSpec().getContainers().get(0);
    long before = container.getLifecycle().getPreStop().getSleep().getSeconds();
    Properties settings = settings();
    long draining =
        seconds(settings, "quarkus.shutdown.delay") + seconds(settings, "quarkus.shutdown.timeout");
    long granted = luot(all).getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds();
    must(draining <= 10, "a pod would take " + draining + " s to end");
    must(granted >= before + 10 + 5, granted + " s are granted");
  }

  /** A job that is there cannot be changed, and the name of its settings changes with them. */
  private static void jobs(Manifests all) {
    for (Job job : all.all(Job.class)) {
      must(job.getSpec().getTtlSecondsAfterFinished() != null, job.getMetadata().getName());
    }
  }

  private static Properties settings() {
    Properties settings = new Properties();
    try (InputStream in = LuotRules.class.getResourceAsStream("/application.properties")) {
      settings.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  private static long seconds(Properties settings, String name) {
    return Duration.parse("PT" + settings.getProperty(name)).toSeconds();
  }

  private static void spread(Manifests all) {
    must(
        luot(all).getSpec().getTemplate().getSpec().getTopologySpreadConstraints().stream()
            .map(c -> c.getTopologyKey())
            .toList()
            .equals(List.of("kubernetes.io/hostname", "topology.kubernetes.io/zone")),
        "topologySpreadConstraints");
  }

  private static void connections(Manifests all) {
    int pool = Integer.parseInt(all.config("luot").get("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE"));
    int surge = luot(all).getSpec().getStrategy().getRollingUpdate().getMaxSurge().getIntVal();
    int most = (scaler(all).getSpec().getMaxReplicas() + surge) * pool;
    // Where PostgreSQL is somebody else's, its own default is what can be counted on.
    int there =
        all.all(StatefulSet.class).stream()
            .flatMap(set -> set.getSpec().getTemplate().getSpec().getContainers().stream())
            .flatMap(container -> container.getArgs().stream())
            .map(Pattern.compile("max_connections=(\\d+)")::matcher)
            .filter(Matcher::matches)
            .mapToInt(found -> Integer.parseInt(found.group(1)))
            .findFirst()
            .orElse(100);
    must(most <= there - RESERVED, most + " connections of " + there);
  }

  /** The one GET that counts. */
  private static void picture(Manifests all) {
    List<Ingress> ways = all.all(Ingress.class);
    must(
        ways.isEmpty()
            || ways.stream()
                .filter(way -> way.getSpec().toString().contains("hit\\.gif"))
                .anyMatch(
                    way ->
                        "off"
                            .equals(
                                way.getMetadata()
                                    .getAnnotations()
                                    .get("nginx.ingress.kubernetes.io/proxy-next-upstream"))),
        "hit.gif is repeated");
  }

  private static void redisMemory(Manifests all) {
    for (StatefulSet set : all.all(StatefulSet.class)) {
      if (set.getMetadata().getName().equals("luot-redis")) {
        String limit = setting(redisConf(all), "maxmemory").replace("mb", "Mi");
        Quantity pod =
            set.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getResources()
                .getLimits()
                .get("memory");
        long most = new Quantity(limit).getNumericalAmount().longValue();
        must(pod.getNumericalAmount().longValue() >= 3 * most / 2, limit + " of " + pod);
      }
    }
  }

  private static void redisKeeps(Manifests all) {
    if (all.all(StatefulSet.class).stream()
        .anyMatch(set -> set.getMetadata().getName().equals("luot-redis"))) {
      must(setting(redisConf(all), "appendonly").equals("yes"), "appendonly");
      must(setting(redisConf(all), "maxmemory-policy").equals("noeviction"), "maxmemory-policy");
    }
  }

  private static String redisConf(Manifests all) {
    return all.config("luot-redis").get("redis.conf");
  }

  private static String setting(String conf, String name) {
    return conf.lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }
}

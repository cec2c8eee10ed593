package vn.luot.k8s;

import static vn.luot.k8s.Rule.must;
import static vn.luot.k8s.Rule.of;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How the objects of an overlay fit together. */
final class ClusterRules {
  static final List<Rule> ALL =
      List.of(
          of("holds its pods to Pod Security restricted", ClusterRules::restricted),
          of("is in one namespace", ClusterRules::oneNamespace),
          of("contains no secret", ClusterRules::noSecret),
          of("refers only to configuration and accounts that exist", ClusterRules::references),
          of("has services that select pods, at ports these name", ClusterRules::services),
          of("never offers the management port", ClusterRules::management),
          of("routes to a service and a port that exist", ClusterRules::ingress),
          of("denies all traffic that no policy allows", ClusterRules::defaultDeny),
          of("has policies and monitors for pods that exist", ClusterRules::selectors));

  /** For the pods of cert-manager. */
  private static final String OF_OTHERS = "acme-solver";

  private ClusterRules() {}

  private static void restricted(Manifests all) {
    for (Namespace namespace : all.all(Namespace.class)) {
      String enforced =
          namespace.getMetadata().getLabels().get("pod-security.kubernetes.io/enforce");
      must("restricted".equals(enforced), namespace.getMetadata().getName());
    }
    must(all.all(Namespace.class).size() == 1, "one namespace");
  }

  private static void oneNamespace(Manifests all) {
    String name = all.all(Namespace.class).get(0).getMetadata().getName();
    for (HasMetadata object : all.objects) {
      must(
          object instanceof Namespace
              || object instanceof PriorityClass
              || name.equals(object.getMetadata().getNamespace()),
          object.getKind() + " " + object.getMetadata().getName());
    }
  }

  private static void noSecret(Manifests all) {
    all.objects.forEach(object -> must(!object.getKind().equals("Secret"), "a secret"));
  }

  private static void references(Manifests all) {
    Set<String> maps = names(all, ConfigMap.class);
    Set<String> accounts = names(all, ServiceAccount.class);
    for (Workload pod : all.workloads()) {
      String account = pod.pod().getServiceAccountName();
      must(account == null || accounts.contains(account), pod.name() + " as " + account);
      pod.containers().stream()
          .flatMap(container -> container.getEnvFrom().stream())
          .map(from -> from.getConfigMapRef().getName())
          .forEach(map -> must(maps.contains(map), pod.name() + " from " + map));
      pod.pod().getVolumes().stream()
          .filter(volume -> volume.getConfigMap() != null)
          .map(volume -> volume.getConfigMap().getName())
          .forEach(map -> must(maps.contains(map), pod.name() + " mounts " + map));
    }
  }

  private static Set<String> names(Manifests all, Class<? extends HasMetadata> type) {
    return all.all(type).stream()
        .map(object -> object.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  private static void services(Manifests all) {
    for (Service service : all.all(Service.class)) {
      List<Workload> selected =
          all.workloads().stream()
              .filter(pod -> pod.isSelectedBy(service.getSpec().getSelector()))
              .toList();
      must(selected.size() == 1, service.getMetadata().getName() + " selects " + selected);
      for (ServicePort port : service.getSpec().getPorts()) {
        must(port.getName() != null, service.getMetadata().getName() + ": name its ports");
        must(
            selected.get(0).hasPort(port.getTargetPort().getStrVal()),
            service.getMetadata().getName() + " at " + port.getTargetPort());
      }
    }
  }

  private static void management(Manifests all) {
    all.all(Service.class).stream()
        .flatMap(service -> service.getSpec().getPorts().stream())
        .forEach(
            port -> must(!"management".equals(port.getTargetPort().getStrVal()), "management"));
  }

  private static void ingress(Manifests all) {
    all.all(Ingress.class).stream()
        .flatMap(ingress -> ingress.getSpec().getRules().stream())
        .flatMap(rule -> rule.getHttp().getPaths().stream())
        .map(path -> path.getBackend().getService())
        .forEach(backend -> must(exists(all, backend), backend.getName()));
    all.all(HTTPRoute.class).stream()
        .flatMap(route -> route.getSpec().getRules().stream())
        .flatMap(rule -> rule.getBackendRefs().stream())
        .forEach(backend -> must(exists(all, backend), backend.getName()));
  }

  private static boolean exists(Manifests all, HTTPBackendRef backend) {
    return all.only(Service.class, backend.getName()).getSpec().getPorts().stream()
        .anyMatch(port -> port.getPort().equals(backend.getPort()));
  }

  private static boolean exists(Manifests all, IngressServiceBackend backend) {
    return all.only(Service.class, backend.getName()).getSpec().getPorts().stream()
        .anyMatch(port -> port.getName().equals(backend.getPort().getName()));
  }

  private static void defaultDeny(Manifests all) {
    NetworkPolicy deny = all.only(NetworkPolicy.class, "default-deny");
    must(deny.getSpec().getPodSelector().getMatchLabels().isEmpty(), "for every pod");
    must(deny.getSpec().getPolicyTypes().containsAll(List.of("Ingress", "Egress")), "both ways");
    must(deny.getSpec().getIngress().isEmpty() && deny.getSpec().getEgress().isEmpty(), "nothing");
    all.workloads()
        .forEach(
            pod ->
                must(
                    all.all(NetworkPolicy.class).stream()
                        .filter(policy -> policy != deny)
                        .anyMatch(p -> pod.isSelectedBy(p.getSpec().getPodSelector())),
                    pod.name() + " could reach nobody"));
  }

  private static void selectors(Manifests all) {
    for (NetworkPolicy policy : all.all(NetworkPolicy.class)) {
      String name = policy.getMetadata().getName();
      must(
          name.equals(OF_OTHERS)
              || all.workloads().stream()
                  .anyMatch(p -> p.isSelectedBy(policy.getSpec().getPodSelector())),
          name);
    }
    for (PodMonitor monitor : all.all(PodMonitor.class)) {
      Workload watched =
          all.workloads().stream()
              .filter(pod -> pod.isSelectedBy(monitor.getSpec().getSelector()))
              .findFirst()
              .orElseThrow();
      monitor
          .getSpec()
          .getPodMetricsEndpoints()
          .forEach(endpoint -> must(watched.hasPort(endpoint.getPort()), endpoint.getPort()));
    }
  }
}

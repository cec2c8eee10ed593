package vn.luot.k8s;

import static vn.luot.k8s.Rule.containers;
import static vn.luot.k8s.Rule.must;
import static vn.luot.k8s.Rule.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every pod keeps to; the first part is Pod Security "restricted". */
final class PodRules {
  static final List<Rule> ALL =
      List.of(
          pods("runs as a user who is not root", PodRules::notRoot),
          pods("has the default seccomp profile", PodRules::seccomp),
          pods("shares nothing with its node", PodRules::isolated),
          containers("cannot gain privileges", PodRules::unprivileged),
          containers("has a read-only root file system", PodRules::readOnly),
          pods("has no token of the API server", PodRules::noToken),
          containers("asks for CPU and memory and is limited in memory", PodRules::resources),
          containers("has an image of a fixed version", PodRules::pinned),
          containers("has probes where it serves, on ports it names", PodRules::probes),
          containers("gets secrets as files, not by its environment", PodRules::secrets),
          pods("mounts what it has and has what it mounts", PodRules::volumes),
          pods("is selected by its own workload", PodRules::selected));

  private PodRules() {}

  private static void notRoot(Workload pod) {
    PodSecurityContext context = pod.pod().getSecurityContext();
    must(context != null && Boolean.TRUE.equals(context.getRunAsNonRoot()), pod.name());
    must(context.getRunAsUser() != null && context.getRunAsUser() > 0, pod.name());
  }

  private static void seccomp(Workload pod) {
    String type = pod.pod().getSecurityContext().getSeccompProfile().getType();
    must(type.equals("RuntimeDefault"), pod.name());
  }

  private static void isolated(Workload pod) {
    must(pod.pod().getHostNetwork() == null, pod.name());
    must(pod.pod().getHostPID() == null && pod.pod().getHostIPC() == null, pod.name());
    must(pod.pod().getVolumes().stream().allMatch(v -> v.getHostPath() == null), pod.name());
  }

  private static void unprivileged(Workload pod, Container container) {
    SecurityContext context = container.getSecurityContext();
    must(Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()), pod.name());
    must(context.getCapabilities().getDrop().equals(List.of("ALL")), pod.name());
    must(context.getCapabilities().getAdd().isEmpty(), pod.name());
  }

  private static void readOnly(Workload pod, Container container) {
    must(container.getSecurityContext().getReadOnlyRootFilesystem(), pod.name());
  }

  private static void noToken(Workload pod) {
    must(Boolean.FALSE.equals(pod.pod().getAutomountServiceAccountToken()), pod.name());
  }

  private static void resources(Workload pod, Container container) {
    must(
        container.getResources().getRequests().keySet().equals(Set.of("cpu", "memory")),
        pod.name());
    must(container.getResources().getLimits().containsKey("memory"), pod.name());
  }

  private static void pinned(Workload pod, Container container) {
    String image = container.getImage();
    must(image.matches(".+(:[0-9][^:]*|@sha256:[0-9a-f]{64})"), pod.name() + ": " + image);
  }

  private static void probes(Workload pod, Container container) {
    if (!pod.serves()) {
      return;
    }
    Set<String> ports =
        container.getPorts().stream().map(ContainerPort::getName).collect(Collectors.toSet());
    must(!ports.contains(null) && !ports.isEmpty(), pod.name() + ": name its ports");
    for (Probe probe :
        List.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())) {
      Stream.of(probe.getHttpGet() == null ? null : probe.getHttpGet().getPort())
          .filter(port -> port != null)
          .map(IntOrString::getStrVal)
          .forEach(port -> must(ports.contains(port), pod.name() + " is probed at " + port));
    }
  }

  private static void secrets(Workload pod, Container container) {
    container
        .getEnv()
        .forEach(
            variable -> {
              must(variable.getValueFrom() == null, pod.name() + ": " + variable.getName());
              must(
                  !variable.getName().endsWith("PASSWORD") && !variable.getName().endsWith("KEY"),
                  pod.name() + ": " + variable.getName());
            });
    must(container.getEnvFrom().stream().allMatch(from -> from.getSecretRef() == null), pod.name());
  }

  private static void volumes(Workload pod) {
    Set<String> mounted =
        pod.containers().stream()
            .flatMap(container -> container.getVolumeMounts().stream())
            .map(VolumeMount::getName)
            .filter(name -> !name.equals("data"))
            .collect(Collectors.toSet());
    Set<String> there =
        pod.pod().getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
    must(mounted.equals(there), pod.name() + " has " + there + " and mounts " + mounted);
  }

  private static void selected(Workload pod) {
    must(!pod.serves() || pod.isSelectedBy(pod.selector()), pod.name());
  }
}

package vn.luot.k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whatever makes pods.
 *
 * @param selector null for a job, which makes its own
 */
record Workload(HasMetadata owner, LabelSelector selector, PodTemplateSpec template) {
  String name() {
    return owner.getKind() + " " + owner.getMetadata().getName();
  }

  boolean serves() {
    return selector != null;
  }

  PodSpec pod() {
    return template.getSpec();
  }

  List<Container> containers() {
    return Stream.concat(pod().getContainers().stream(), pod().getInitContainers().stream())
        .toList();
  }

  boolean isSelectedBy(Map<String, String> labels) {
    return template.getMetadata().getLabels().entrySet().containsAll(labels.entrySet());
  }

  boolean isSelectedBy(LabelSelector by) {
    return isSelectedBy(by.getMatchLabels())
        && by.getMatchExpressions().stream()
            .allMatch(
                e ->
                    e.getOperator().equals("In")
                        && e.getValues()
                            .contains(template.getMetadata().getLabels().get(e.getKey())));
  }

  boolean hasPort(String name) {
    return containers().stream()
        .flatMap(container -> container.getPorts().stream())
        .map(ContainerPort::getName)
        .anyMatch(name::equals);
  }
}

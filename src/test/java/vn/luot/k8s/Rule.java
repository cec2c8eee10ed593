package vn.luot.k8s;

import io.fabric8.kubernetes.api.model.Container;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Something that holds for every overlay.
 *
 * @param check throws what a person can act on
 */
record Rule(String says, Consumer<Manifests> check) {
  static Rule of(String says, Consumer<Manifests> check) {
    return new Rule(says, check);
  }

  /** For each workload. */
  static Rule pods(String says, Consumer<Workload> check) {
    return new Rule(says, all -> all.workloads().forEach(check));
  }

  /** For each container. */
  static Rule containers(String says, BiConsumer<Workload, Container> check) {
    return pods(says, pod -> pod.containers().forEach(container -> check.accept(pod, container)));
  }

  static void must(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}

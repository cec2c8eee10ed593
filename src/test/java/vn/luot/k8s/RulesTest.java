package vn.luot.k8s;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every overlay renders, is what Kubernetes understands, and keeps to the rules. */
class RulesTest {
  @TestFactory
  Stream<DynamicTest> everyOverlayKeepsToTheRules() {
    return Kustomize.OVERLAYS.stream().flatMap(RulesTest::of);
  }

  private static Stream<DynamicTest> of(String overlay) {
    return Stream.of(PodRules.ALL, ClusterRules.ALL, LuotRules.ALL)
        .flatMap(List::stream)
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    overlay + " " + rule.says(),
                    () -> rule.check().accept(Kustomize.render(overlay))));
  }
}

package vn.luot.k8s;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The objects of an overlay in Kubernetes' own types; a field that those do not have is refused.
 */
final class Manifests {
  private static final List<Class<? extends HasMetadata>> TYPES =
      List.of(
          ConfigMap.class,
          CronJob.class,
          Deployment.class,
          HTTPRoute.class,
          HorizontalPodAutoscaler.class,
          Ingress.class,
          Job.class,
          Namespace.class,
          NetworkPolicy.class,
          PersistentVolumeClaim.class,
          PodDisruptionBudget.class,
          PodMonitor.class,
          PriorityClass.class,
          PrometheusRule.class,
          Service.class,
          ServiceAccount.class,
          StatefulSet.class);

  static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                /** Otherwise unknown fields would be collected without a word. */
                @Override
                public Boolean hasAnySetter(Annotated type) {
                  return false;
                }
              });

  final List<HasMetadata> objects;

  private Manifests(List<HasMetadata> objects) {
    this.objects = objects;
  }

  static Manifests parse(String yaml) {
    List<HasMetadata> objects = new ArrayList<>();
    documents(yaml).forEach(document -> objects.add(typed(document)));
    return new Manifests(objects);
  }

  static List<JsonNode> documents(String yaml) {
    try (var parser = YAML.getFactory().createParser(yaml)) {
      return YAML.<JsonNode>readValues(parser, JsonNode.class).readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HasMetadata typed(JsonNode document) {
    String kind = document.path("kind").asText();
    Class<? extends HasMetadata> type =
        TYPES.stream()
            .filter(known -> known.getSimpleName().equals(kind))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no kind that Luot uses: " + kind));
    try {
      HasMetadata object = YAML.treeToValue(document, type);
      String version = document.path("apiVersion").asText();
      if (!version.equals(HasMetadata.getApiVersion(type))) {
        throw new IllegalArgumentException(kind + " is not of " + version);
      }
      return object;
    } catch (IOException e) {
      throw new UncheckedIOException(kind + ": " + e.getMessage(), e);
    }
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> T only(Class<T> type, String name) {
    return all(type).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
  }

  /** The data of the map of this name, to which kustomize has added a hash of its content. */
  Map<String, String> config(String name) {
    return all(ConfigMap.class).stream()
        .filter(map -> map.getMetadata().getName().matches(name + "-[a-z0-9]{10}"))
        .findFirst()
        .<Map<String, String>>map(map -> new TreeMap<>(map.getData()))
        .orElseThrow(() -> new AssertionError("no ConfigMap " + name));
  }

  List<Workload> workloads() {
    List<Workload> workloads = new ArrayList<>();
    all(Deployment.class)
        .forEach(
            d ->
                workloads.add(
                    new Workload(d, d.getSpec().getSelector(), d.getSpec().getTemplate())));
    all(StatefulSet.class)
        .forEach(
            s ->
                workloads.add(
                    new Workload(s, s.getSpec().getSelector(), s.getSpec().getTemplate())));
    all(Job.class)
        .forEach(
            j ->
                workloads.add(
                    new Workload(j, j.getSpec().getSelector(), j.getSpec().getTemplate())));
    all(CronJob.class)
        .forEach(
            c ->
                workloads.add(
                    new Workload(c, null, c.getSpec().getJobTemplate().getSpec().getTemplate())));
    return workloads;
  }
}

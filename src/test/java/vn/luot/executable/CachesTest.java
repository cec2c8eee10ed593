package vn.luot.executable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vn.luot.ArchitectureTest;

/**
 * Caffeine has a class for each kind of cache and of entry, and finds it by name: a native
 * executable has only those that Quarkus lists. A cache of another kind fails at its first use
 * there, and nowhere else.
 */
class CachesTest {
  private static final String PACKAGE = "com.github.benmanes.caffeine.cache.";
  private static final String LISTED_IN =
      "/io/quarkus/caffeine/runtime/graal/CacheConstructorsFeature.class";
  private static final Map<Class<?>, Object> ANY =
      Map.of(
          long.class,
          1L,
          int.class,
          1,
          Duration.class,
          Duration.ofMinutes(1),
          Executor.class,
          (Executor) Runnable::run,
          Scheduler.class,
          Scheduler.disabledScheduler(),
          Ticker.class,
          Ticker.systemTicker());

  private final Set<String> listed = listed();

  @Test
  void everyCacheIsOfAKindThatANativeExecutableHas() throws Exception {
    Map<String, Set<String>> missing = new TreeMap<>();
    int caches = 0;
    for (JavaClass type : ArchitectureTest.LUOT) {
      for (JavaCodeUnit code : type.getCodeUnits()) {
        for (List<MethodCallTarget> calls : callsOfBuilders(code)) {
          caches++;
          missing.put(code.getFullName() + " " + caches, missing(kinds(calls)));
        }
      }
    }
    missing.values().removeIf(Set::isEmpty);
    assertEquals(Map.of(), missing, "not among " + listed);
    assertFalse(caches == 0, "no cache was found");
  }

  @Test
  void aCacheOfAnotherKindIsFound() throws Exception {
    Caffeine<Object, Object> builder =
        Caffeine.newBuilder().maximumSize(1).expireAfterAccess(Duration.ofMinutes(1));
    assertEquals(Set.of("PSAMS"), missing(kinds(builder, false)));
  }

  private Set<String> missing(Set<String> kinds) {
    return kinds.stream()
        .filter(kind -> !listed.contains(kind))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What is called on each builder here; all of it, since no builder is handed on. */
  private static Collection<List<MethodCallTarget>> callsOfBuilders(JavaCodeUnit code) {
    TreeMap<Integer, List<MethodCallTarget>> byFirstLine = new TreeMap<>();
    List<JavaMethodCall> calls =
        code.getMethodCallsFromSelf().stream()
            .filter(call -> call.getTarget().getOwner().isEquivalentTo(Caffeine.class))
            .toList();
    calls.stream()
        .filter(call -> call.getTarget().getName().equals("newBuilder"))
        .forEach(call -> byFirstLine.put(call.getLineNumber(), new ArrayList<>()));
    calls.forEach(
        call -> byFirstLine.floorEntry(call.getLineNumber()).getValue().add(call.getTarget()));
    return byFirstLine.values();
  }

  private static Set<String> kinds(List<MethodCallTarget> calls) throws Exception {
    Caffeine<Object, Object> builder = Caffeine.newBuilder();
    for (MethodCallTarget call : calls) {
      Method method = call.resolveMember().orElseThrow().reflect();
      if (method.getReturnType() == Caffeine.class && method.getParameterCount() == 1) {
        Object any = ANY.get(method.getParameterTypes()[0]);
        assertFalse(any == null, "ANY lacks " + method.getParameterTypes()[0]);
        method.invoke(builder, any);
      }
    }
    return kinds(builder, calls.stream().anyMatch(call -> call.getName().equals("buildAsync")));
  }

  /** The names under which Caffeine looks for the class of the cache and that of its entries. */
  private static Set<String> kinds(Caffeine<Object, Object> builder, boolean async)
      throws Exception {
    Object cache = async ? builder.buildAsync() : builder.build();
    assertEquals(
        async ? "BoundedLocalAsyncCache" : "BoundedLocalManualCache",
        cache.getClass().getSimpleName());
    return Set.of(
        name("LocalCacheFactory", "getClassName", builder),
        name("NodeFactory", "getClassName", builder, async));
  }

  private static String name(String factory, String method, Object... arguments) throws Exception {
    for (Method candidate : Class.forName(PACKAGE + factory).getDeclaredMethods()) {
      if (candidate.getName().equals(method)) {
        candidate.setAccessible(true);
        return (String) candidate.invoke(null, arguments);
      }
    }
    throw new NoSuchMethodException(factory + "." + method);
  }

  /** From the bytes: to load it takes GraalVM. */
  private static Set<String> listed() {
    try (var in = CachesTest.class.getResourceAsStream(LISTED_IN)) {
      String constants = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      return Pattern.compile(Pattern.quote(PACKAGE) + "([A-Z]+)\\W")
          .matcher(constants)
          .results()
          .map(found -> found.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new IllegalStateException(LISTED_IN, e);
    }
  }
}

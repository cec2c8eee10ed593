package vn.luot;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** Imports go one way: a package knows those below it and no other, so there are no cycles. */
public class ArchitectureTest {
  private static final int MOST_FILES = 10;

  /** From the top down; see the README. */
  private static final List<String> LAYERS =
      List.of(
          "openapi",
          "problem",
          "widget",
          "group",
          "admin",
          "hit",
          "rating",
          "admission",
          "reading",
          "check",
          "direct",
          "quarantine",
          "flush",
          "total",
          "live",
          "register",
          "visitor",
          "site",
          "schema",
          "connection",
          "refusal",
          "setting");

  private static final Set<String> HIBERNATES_QUERIES =
      Set.of(
          "count",
          "createMutationQuery",
          "createNamedQuery",
          "createQuery",
          "createSelectionQuery",
          "deleteAll",
          "find",
          "findAll",
          "list",
          "listAll",
          "update");

  public static final JavaClasses LUOT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("vn.luot");

  @Test
  void importsOnlyGoDown() {
    classes()
        .should(
            new ArchCondition<>("only know packages below their own") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                    .filter(use -> layer(use.getTargetClass()) >= 0)
                    .filter(use -> layer(use.getTargetClass()) < layer(type))
                    .forEach(
                        use ->
                            events.add(SimpleConditionEvent.violated(type, use.getDescription())));
              }
            })
        .check(LUOT);
  }

  /** They change with every version of the frameworks. */
  @Test
  void internalsOfFrameworksAreKnownToOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("vn.luot.connection..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "io.vertx..impl..")
        .check(LUOT);
  }

  @Test
  void everyNumberAndTimeThatIsSetIsLimited() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .areAnnotatedWith(ConfigMapping.class)
        .and()
        .haveRawReturnType(
            describe(
                "a number or a time",
                type ->
                    type.isPrimitive() && !type.isEquivalentTo(boolean.class)
                        || type.isEquivalentTo(Duration.class)))
        .should()
        .beAnnotatedWith(WithConverter.class)
        .check(LUOT);
  }

  /** The first query in Hibernate's language loads its parser, and an event loop waits for it. */
  @Test
  void queriesAreInSql() {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "it takes a query in Hibernate's language",
                call ->
                    HIBERNATES_QUERIES.contains(call.getName())
                        && (call.getTargetOwner().isAssignableTo(PanacheEntityBase.class)
                            || call.getTargetOwner().isAssignableTo(Mutiny.QueryProducer.class))))
        .check(LUOT);
  }

  @Test
  void everyPackageHasItsPlace() {
    classes()
        .should(
            new ArchCondition<>("be in a listed package") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                if (layer(type) < 0) {
                  events.add(SimpleConditionEvent.violated(type, type.getName() + " is in none"));
                }
              }
            })
        .check(LUOT);
  }

  @Test
  void noPackageIsLargerThanOneCanLookOver() {
    Map<String, Long> sizes =
        LUOT.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().contains("_"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    sizes.values().removeIf(files -> files <= MOST_FILES);
    assertEquals(Map.of(), sizes);
  }

  private static int layer(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith("vn.luot.") ? LAYERS.indexOf(name.split("\\.")[2]) : -1;
  }
}

package vn.luot.executable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A native build refuses a source of random numbers in its image: every start would draw the same
 * ones. Quarkus extensions name the classes that have one. For a plain library we do.
 */
class ImageHeapTest {
  private static final String START = "--initialize-at-run-time=";

  @Test
  void whatKeepsRandomNumbersBeginsAtTheStart() throws IOException {
    JavaClasses library = new ClassFileImporter().importPackages("io.vertx.ext.mail");
    Set<String> keeping =
        library.stream()
            .filter(ImageHeapTest::keepsRandom)
            .map(JavaClass::getName)
            .collect(Collectors.toSet());
    assertFalse(keeping.isEmpty());
    assertEquals(
        keeping,
        arguments()
            .filter(argument -> argument.startsWith(START))
            .map(argument -> argument.substring(START.length()))
            .collect(Collectors.toSet()));
  }

  private static Stream<String> arguments() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = ImageHeapTest.class.getResourceAsStream("/application.properties")) {
      properties.load(file);
    }
    return Stream.of(properties.getProperty("quarkus.native.additional-build-args").split(","));
  }

  private static boolean keepsRandom(JavaClass type) {
    return type.getFields().stream()
        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
        .anyMatch(field -> field.getRawType().isAssignableTo(Random.class));
  }
}

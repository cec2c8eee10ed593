package vn.luot;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The machine's language and charset change nothing: many machines have set neither. */
class MachineTest {
  /** Each has a sibling that is told the charset or the language. */
  private static final Set<String> ASK_THE_MACHINE =
      Set.of(
          "java.io.ByteArrayOutputStream.toString()",
          "java.io.FileReader.<init>(java.io.File)",
          "java.io.FileReader.<init>(java.lang.String)",
          "java.io.FileWriter.<init>(java.io.File)",
          "java.io.FileWriter.<init>(java.lang.String)",
          "java.io.InputStreamReader.<init>(java.io.InputStream)",
          "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
          "java.io.PrintStream.<init>(java.io.OutputStream)",
          "java.io.PrintStream.<init>(java.io.OutputStream, boolean)",
          "java.io.PrintWriter.<init>(java.io.File)",
          "java.io.PrintWriter.<init>(java.io.OutputStream)",
          "java.io.PrintWriter.<init>(java.io.OutputStream, boolean)",
          "java.lang.Process.errorReader()",
          "java.lang.Process.inputReader()",
          "java.lang.String.<init>([B)",
          "java.lang.String.<init>([B, int, int)",
          "java.lang.String.getBytes()",
          "java.lang.String.toLowerCase()",
          "java.lang.String.toUpperCase()",
          "java.net.URLDecoder.decode(java.lang.String)",
          "java.net.URLEncoder.encode(java.lang.String)",
          "java.nio.charset.Charset.defaultCharset()",
          "java.time.LocalDate.now()",
          "java.time.LocalDateTime.now()",
          "java.time.ZonedDateTime.now()",
          "java.time.ZoneId.systemDefault()",
          "java.util.Locale.getDefault()",
          "java.util.Scanner.<init>(java.io.File)",
          "java.util.Scanner.<init>(java.io.InputStream)",
          "java.util.Scanner.<init>(java.nio.file.Path)",
          "java.util.TimeZone.getDefault()");

  @Test
  void isAskedForNoCharsetLanguageOrZone() {
    // Without reading the classes of the libraries, which takes longer than all of this.
    ArchConfiguration.withThreadLocalScope(
        settings -> {
          settings.setResolveMissingDependenciesFromClassPath(false);
          noClasses()
              .should()
              .callCodeUnitWhere(
                  describe(
                      "the machine decides what it does",
                      (JavaCall<?> call) ->
                          ASK_THE_MACHINE.contains(call.getTarget().getFullName())))
              .check(new ClassFileImporter().importPackages("vn.luot"));
        });
  }
}

package vn.luot.admin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import vn.luot.SiteTest;

/** The calls that the cache of classes of the image is made with. */
@QuarkusTest
class TrainingTest extends SiteTest {
  private static List<String> calls(String variable) throws IOException {
    Matcher list =
        Pattern.compile(variable + "='([^']+)'")
            .matcher(Files.readString(Path.of("src/main/docker/train.sh")));
    assertTrue(list.find(), variable);
    return List.of(list.group(1).split("\\s+"));
  }

  @Test
  void itsCallsAreAnswered() throws IOException {
    for (String path : calls("owners_calls")) {
      String its = path.replace("trained", site.slug);
      OperatorKey.asOperator().get("/admin/v1/" + its).then().statusCode(200);
    }
    for (String path : calls("readers_calls")) {
      site.asPage().get(site.path(path)).then().statusCode(200);
    }
  }
}

package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.luot.standalone.Redis;

/** A Redis user with the rights that are documented, and with fewer. */
@ExtendWith(Deployed.class)
class RedisRightsIT {
  private static final Load.Shape STEADY = new Load.Shape(16, 300);
  private static final Path DOCUMENTED = Path.of("src/main/docs/operating.md");
  private static final String LINE = "    ACL SETUSER luot ";

  private static String[] documented() throws IOException {
    return Files.readAllLines(DOCUMENTED).stream()
        .filter(line -> line.startsWith(LINE))
        .findFirst()
        .orElseThrow()
        .strip()
        .split(" ");
  }

  @Test
  void theDocumentedRightsAreEnoughAndWhatIsMissingIsNamed(Deployment deployment) throws Exception {
    Redis redis = Redis.start(Deployment.directory(), 0);
    RedisCommand.send(redis.port(), documented());
    Map<String, String> asUser =
        Map.of(
            "QUARKUS_REDIS_HOSTS",
            "redis://luot:PASSWORD@127.0.0.1:" + redis.port(),
            "LUOT_CHECK_EVERY",
            "1s");
    try (Pod pod = deployment.anotherPod(redis.port(), deployment.postgres.port(), asUser);
        Run run = Run.unique("fewRights", deployment, pod, STEADY)) {
      run.load.awaitMore(300);
      FreshSite rated = FreshSite.knownTo(pod, deployment.database);
      Ballots ballots = new Ballots(rated, pod.port(), 3, 1);
      ballots.open();
      assertEquals(List.of(), RedisCommand.list(redis.port(), "ACL", "LOG"));
      RedisCommand.send(redis.port(), "ACL", "SETUSER", "luot", "-info", "-pfmerge");
      await("a finding")
          .ignoreExceptions()
          .until(() -> Hit.ready(pod).contains("needs: INFO, PFMERGE."));
      assertEquals(503, Hit.send(pod, run.site()));
      RedisCommand.send(redis.port(), "ACL", "SETUSER", "luot", "+info", "+pfmerge");
      run.load.awaitMore(100);
      run.judge(redis.port()).assertExactlyOnce();
    } finally {
      redis.close();
    }
  }
}

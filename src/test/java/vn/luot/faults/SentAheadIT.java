package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that send requests without waiting for answers: others are served as before. */
@ExtendWith(Deployed.class)
class SentAheadIT {
  private static final int SECONDS = Sizes.FULL ? 60 : 3;
  private static final int CONNECTIONS = 200;
  private static final Load.Shape OTHERS = new Load.Shape(4, 200);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** In a build the heap may still be growing for what came before. */
  private static final long MOST_BYTES = (Sizes.FULL ? 32 : 96) << 20;

  @Test
  void requestsSentAheadOfAnswersDisturbNobody(Deployment deployment) throws Exception {
    FreshSite attacked = FreshSite.knownTo(deployment.pod, deployment.database);
    try (Run others = Run.unique("sentAhead", deployment, OTHERS)) {
      // Its code is loaded, and its buffers are of the size that they will have.
      attack(deployment, attacked, 2);
      others.load.tally.takePercentileMillis(99);
      others.load.awaitMore(SECONDS * OTHERS.perSecond() / 2, LIMIT);
      long usual = others.load.tally.takePercentileMillis(99);
      long memory = deployment.pod.memory();
      long answered = attack(deployment, attacked, SECONDS);
      long p99 = others.load.tally.takePercentileMillis(99);
      long grown = deployment.pod.memory() - memory;
      others.figure("usualP99Millis", usual);
      others.figure("p99Millis", p99);
      others.figure("memoryMegabytes", grown >> 20);
      others.figure("answeredKilobytes", answered >> 10);
      others.judge().assertExactlyOnce();
      others.assertAnswered();
      // In a build others may hold the machine for longer than a hit may take.
      long mayBeRefused = Sizes.FULL ? 0 : others.load.sent() / 20;
      assertTrue(others.load.tally.refused.get() <= mayBeRefused, "hits were refused");
      assertTrue(answered > 50_000, "the clients were answered " + answered + " bytes");
      assertTrue(grown < MOST_BYTES, "memory grew by " + grown);
      // Below some milliseconds, and in a build, it is the machine's noise that is compared.
      long most = Sizes.FULL ? 2 * Math.max(usual, 5) : 2_000 + 3 * usual;
      assertTrue(p99 <= most, p99 + " ms, usual " + usual);
    }
  }

  private static long attack(Deployment deployment, FreshSite site, int seconds) throws Exception {
    Process clients = SentAheadClients.begin(deployment.pod, site, CONNECTIONS, seconds);
    String said = new String(clients.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, clients.waitFor(), said);
    return Long.parseLong(said.strip());
  }
}

package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Faults of every kind, one after the other, at random for minutes. */
@ExtendWith(Deployed.class)
@EnabledIfSystemProperty(named = "luot.faults.soakMinutes", matches = "[1-9]\\d*")
class SoakIT {
  private static final Load.Shape STEADY = new Load.Shape(48, 1_000);
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final long MOST_GROWTH = 64L << 20;
  private static final long MOST_NEW_DESCRIPTORS = 50;

  private enum Fault {
    KILL_POD,
    KILL_REDIS,
    FREEZE_REDIS,
    KILL_POSTGRES,
    FORGET_SCRIPTS,
    LOSE_ANSWERS
  }

  @Test
  void nothingIsLostOrDoubledWhateverComes(Deployment deployment) throws InterruptedException {
    Random random = new Random(Long.getLong("luot.faults.seed", 1));
    try (Wire redis = Wire.to(deployment.redis.port());
        Wire postgres = Wire.to(deployment.postgres.port());
        Pod lasting = deployment.anotherPod(redis.port(), postgres.port());
        Run run = Run.unique("soak", deployment, List.of(deployment.pod, lasting), STEADY)) {
      run.load.awaitMore(20_000, LIMIT);
      long memory = lasting.memory();
      long descriptors = lasting.descriptors();
      int faults = 0;
      Set<Fault> done = new TreeSet<>();
      long end = System.nanoTime() + Duration.ofMinutes(Sizes.SOAK_MINUTES).toNanos();
      while (System.nanoTime() < end) {
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        commit(fault, deployment, redis, postgres, run);
        done.add(fault);
        faults++;
        run.load.awaitMore(500, LIMIT);
      }
      run.load.awaitMore(5_000, LIMIT);
      run.figure("faults", faults);
      run.figure("kinds", done.toString());
      run.figure("memoryGrowthMiB", (lasting.memory() - memory) >> 20);
      run.figure("descriptorsMore", lasting.descriptors() - descriptors);
      run.judge().assertExactlyOnce();
      assertEquals(0, run.load.tally.otherwise.get());
      assertTrue(lasting.memory() - memory <= MOST_GROWTH);
      assertTrue(lasting.descriptors() - descriptors <= MOST_NEW_DESCRIPTORS);
    }
  }

  private static void commit(Fault fault, Deployment deployment, Wire redis, Wire postgres, Run run)
      throws InterruptedException {
    switch (fault) {
      case KILL_POD -> {
        deployment.pod.kill();
        deployment.pod.start();
        deployment.pod.awaitSite(run.site().slug());
      }
      case KILL_REDIS -> {
        deployment.redis.kill();
        deployment.redis.restart();
      }
      case FREEZE_REDIS -> {
        deployment.redis.freeze();
        Thread.sleep(2_000);
        deployment.redis.thaw();
      }
      case KILL_POSTGRES -> {
        deployment.postgres.kill();
        deployment.postgres.restart();
      }
      case FORGET_SCRIPTS -> RedisCommand.send(deployment.redis.port(), "SCRIPT", "FLUSH");
      case LOSE_ANSWERS -> {
        redis.cut(0.01);
        postgres.cut(0.02);
        run.load.awaitMore(1_000, LIMIT);
        redis.cut(0);
        postgres.cut(0);
      }
    }
  }
}

package vn.luot.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a vote costs beside a plain transaction per vote into the same table with the same triggers.
 * Figures, not limits: a shared machine's speed says nothing about right and wrong.
 */
@ExtendWith(Deployed.class)
class VoteCostIT {
  private static final int CONNECTIONS = 16;
  private static final int VOTERS = 100;
  private static final int PAGES = 5;
  private static final int CHILDREN_USER = 13;
  private static final long MICROS_PER_TICK = 10_000;

  private static final String PLAIN =
      """
      INSERT INTO vote (site_id, page, voter, stars, revision, changed_at)
      VALUES (?, ?, ?, ?, ?, now())
      ON CONFLICT (site_id, page, voter)
      DO UPDATE SET stars = excluded.stars, revision = excluded.revision
      """;

  private interface Work {
    void run(int connection) throws Exception;
  }

  @Test
  @AtFullSize
  void aVoteAndAPlainTransactionAreMeasured(Deployment deployment) throws Exception {
    FreshSite site = FreshSite.register(deployment.database);
    FreshSite other = FreshSite.knownTo(deployment.pod, deployment.database);
    Ballots ballots = new Ballots(site, deployment.pod.port(), VOTERS, PAGES);
    ballots.open();
    ballots.run(Sizes.VOTES / 4, 0, 1);
    int warm = ballots.acknowledged.get();
    measure("vote", deployment, i -> ballots.run(warm + Sizes.VOTES, i, CONNECTIONS));
    AtomicInteger left = new AtomicInteger(Sizes.VOTES);
    measure("plainTransaction", deployment, i -> plain(deployment, other, left, i));
    assertEquals(
        deployment.database.number(
            "SELECT count(*) FROM vote WHERE stars > 0 AND site_id = " + other.id()),
        deployment.database.number(
            "SELECT sum(one + two + three + four + five) FROM rating_total WHERE site_id = "
                + other.id()));
  }

  private static void measure(String what, Deployment deployment, Work work) throws Exception {
    double[] before = cpu(deployment);
    long begin = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int connection = i;
      threads.add(new Thread(() -> run(work, connection)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double[] after = cpu(deployment);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("test", what);
    line.put("votes", Sizes.VOTES);
    line.put("perSecond", Math.round(Sizes.VOTES / seconds));
    line.put("serviceMicros", Math.round((after[0] - before[0]) / Sizes.VOTES));
    line.put("redisMicros", Math.round((after[1] - before[1]) / Sizes.VOTES));
    line.put("postgresMicros", Math.round((after[2] - before[2]) / Sizes.VOTES));
    Figures.append(line);
  }

  private static void run(Work work, int connection) {
    try {
      work.run(connection);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void plain(
      Deployment deployment, FreshSite site, AtomicInteger left, int connection)
      throws SQLException {
    Random random = new Random(connection);
    String url = "jdbc:" + deployment.postgres.url();
    try (Connection database =
            DriverManager.getConnection(
                url, deployment.postgres.username(), deployment.postgres.password());
        PreparedStatement vote = database.prepareStatement(PLAIN)) {
      while (left.getAndDecrement() > 0) {
        vote.setInt(1, site.id());
        vote.setLong(2, random.nextInt(PAGES));
        vote.setObject(3, new UUID(0, random.nextInt(VOTERS)));
        vote.setInt(4, random.nextInt(6));
        vote.setLong(5, System.nanoTime());
        vote.executeUpdate();
      }
    }
  }

  /** Microseconds of service, Redis and PostgreSQL so far, from the operating system. */
  private static double[] cpu(Deployment deployment) {
    return new double[] {
      micros(deployment.pod.pid()),
      micros(deployment.redis.pid()),
      micros(deployment.postgres.pid())
    };
  }

  /** Of a process, its living children and those it has outlived. */
  private static double micros(long pid) {
    long ended = ticks(pid, CHILDREN_USER) + ticks(pid, CHILDREN_USER + 1);
    double living =
        Stream.concat(
                Stream.of(ProcessHandle.of(pid).orElseThrow()),
                ProcessHandle.of(pid).orElseThrow().descendants())
            .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
            .mapToDouble(used -> used.toNanos() / 1e3)
            .sum();
    return living + ended * MICROS_PER_TICK;
  }

  /** A field of /proc/pid/stat, counted from 0 after the name; 0 where there is no such file. */
  private static long ticks(long pid, int field) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field]);
    } catch (IOException notLinux) {
      return 0;
    }
  }
}

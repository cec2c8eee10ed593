package vn.luot.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A rating is the sum of its votes, and each voter's last acknowledged vote is the one stored. */
@ExtendWith(Deployed.class)
class VotesIT {
  private static final int VOTERS = 100;
  private static final int CONNECTIONS = 16;
  private static final int PAGES = 5;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /**
   * Pages whose rating is not the sum of its votes, all of it in one snapshot. Where all that ever
   * came was withdrawn there may be none, which is read as zeros.
   */
  private static final String UNTRUE =
      """
      SELECT count(*) FROM rating_total AS t FULL JOIN (
        SELECT site_id, page, count(*) FILTER (WHERE stars = 1) AS one,
               count(*) FILTER (WHERE stars = 2) AS two, count(*) FILTER (WHERE stars = 3) AS three,
               count(*) FILTER (WHERE stars = 4) AS four, count(*) FILTER (WHERE stars = 5) AS five
        FROM vote WHERE held IS NULL GROUP BY 1, 2) AS v USING (site_id, page)
      WHERE (coalesce(t.one, 0), coalesce(t.two, 0), coalesce(t.three, 0), coalesce(t.four, 0),
             coalesce(t.five, 0))
            IS DISTINCT FROM (v.one, v.two, v.three, v.four, v.five)
      """;

  @Test
  void votesSurviveKillsOfTheServiceAndOfPostgres(Deployment deployment) throws Exception {
    FreshSite site = FreshSite.knownTo(deployment.pod, deployment.database);
    Ballots ballots = new Ballots(site, deployment.pod.port(), VOTERS, PAGES);
    ballots.open();
    long begin = System.nanoTime();
    List<Thread> voters = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int connection = i;
      voters.add(new Thread(() -> ballots.run(Sizes.VOTES, connection, CONNECTIONS)));
    }
    voters.forEach(Thread::start);
    AtomicInteger samples = new AtomicInteger();
    disturb(deployment, ballots, samples);
    for (Thread voter : voters) {
      voter.join(LIMIT.toMillis());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    awaitStored(deployment, ballots);
    assertEquals(0, deployment.database.number(UNTRUE));
    write(ballots, samples.get(), seconds);
  }

  @Test
  void whatNobodyKnowsToBeAVoteIsLimitedWhilePostgresIsDown(Deployment deployment)
      throws Exception {
    FreshSite site = FreshSite.register(deployment.database);
    Map<String, String> four =
        Map.of("LUOT_RATING_NEW_VOTERS_PER_SITE", "4", "LUOT_LIVE_ANSWER_WITHIN", "15s");
    try (Pod pod = deployment.anotherPod(four)) {
      pod.awaitSite(site.slug());
      Ballots ballots = new Ballots(site, pod.port(), 1, 5);
      ballots.open();
      awaitStored(deployment, ballots);
      deployment.postgres.kill();
      List<Integer> answers = new ArrayList<>();
      for (int page = 4; page >= 0; page--) {
        answers.add(ballots.withdraw(0, page));
      }
      assertEquals(List.of(200, 200, 200, 429, 429), answers);
      deployment.postgres.restart();
      String votes = "SELECT count(*), sum(stars) FROM vote WHERE site_id = " + site.id();
      await("the withdrawals")
          .ignoreExceptions()
          .until(() -> deployment.database.table(votes), "4 3"::equals);
      assertEquals(0, deployment.database.number(UNTRUE));
    }
  }

  @Test
  void aVoteChangedWithoutPostgresWinsThoughRedissClockIsBehind(Deployment deployment)
      throws Exception {
    Ballots ballots = storedBallots(deployment, 5, 1);
    deployment.database.execute(
        "UPDATE vote SET revision = revision + 3600000000 WHERE site_id = " + ballots.site.id());
    RedisCommand.send(deployment.redis.port(), "FLUSHALL");
    deployment.postgres.kill();
    ballots.run(20, 0, 1);
    deployment.postgres.restart();
    awaitStored(deployment, ballots);
    assertEquals(0, deployment.database.number(UNTRUE));
  }

  @Test
  void aRatingIsTheStoredOneAfterPostgresWasPutBackOlder(Deployment deployment) throws Exception {
    Ballots ballots = storedBallots(deployment, 7, 1);
    assertEquals(7, ballots.count(0));
    // As a copy of before has it: rows and totals of two voters.
    deployment.database.execute(
        "DELETE FROM vote WHERE site_id = %1$d AND voter NOT IN (SELECT voter FROM vote WHERE site_id = %1$d LIMIT 2)"
            .formatted(ballots.site.id()));
    deployment.postgres.kill();
    deployment.postgres.restart();
    await("the older rating").ignoreExceptions().until(() -> ballots.count(0), shown -> shown == 2);
  }

  @Test
  void aVoteOfBeforeRedisWasLostCanBeChanged(Deployment deployment) throws Exception {
    Ballots ballots = storedBallots(deployment, 10, 1);
    RedisCommand.send(deployment.redis.port(), "FLUSHALL");
    ballots.run(20, 0, 1);
    awaitStored(deployment, ballots);
    assertEquals(0, deployment.database.number(UNTRUE));
  }

  @Test
  @AtFullSize
  void everyPodRefusesTokensOfARevokedKey(Deployment deployment) throws Exception {
    FreshSite site = FreshSite.knownTo(deployment.pod, deployment.database);
    Ballots ballots = new Ballots(site, deployment.pod.port(), 1, 1);
    ballots.open();
    try (Pod another = deployment.anotherPod()) {
      another.awaitSite(site.slug());
      Ballots there = ballots.at(another.port());
      assertEquals(200, there.withdraw(0, 0));
      deployment.database.execute("UPDATE token_key SET revoked_at = now()");
      await("both pods to refuse")
          .atMost(Duration.ofSeconds(20))
          .until(() -> ballots.withdraw(0, 0) == 422 && there.withdraw(0, 0) == 422);
    }
  }

  /** Each of so many voters has voted for each of so many pages. */
  private static Ballots storedBallots(Deployment deployment, int voters, int pages)
      throws Exception {
    FreshSite site = FreshSite.knownTo(deployment.pod, deployment.database);
    Ballots ballots = new Ballots(site, deployment.pod.port(), voters, pages);
    ballots.open();
    awaitStored(deployment, ballots);
    return ballots;
  }

  private static void awaitStored(Deployment deployment, Ballots ballots) {
    await("every vote in PostgreSQL")
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              Map<String, String> expected = expected(ballots);
              Map<String, String> stored = stored(deployment, ballots.site);
              assertEquals(expected, stored);
            });
  }

  /** Kills at even distances, and looks at the totals all the time PostgreSQL is there. */
  private static void disturb(Deployment deployment, Ballots ballots, AtomicInteger samples) {
    int kills = Sizes.VOTE_POD_KILLS + Sizes.POSTGRES_KILLS;
    for (int kill = 1; kill <= kills; kill++) {
      int due = (int) ((long) Sizes.VOTES * kill / (kills + 1));
      await("votes")
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                assertEquals(0, deployment.database.number(UNTRUE));
                samples.incrementAndGet();
                return ballots.acknowledged.get() >= due;
              });
      if (kill % (Sizes.VOTE_POD_KILLS / Sizes.POSTGRES_KILLS + 1) == 0) {
        deployment.postgres.kill();
        deployment.postgres.restart();
      } else {
        deployment.pod.kill();
        deployment.pod.start();
      }
    }
  }

  private static Map<String, String> expected(Ballots ballots) {
    Map<String, String> votes = new HashMap<>();
    for (int voter = 0; voter < ballots.voters(); voter++) {
      for (int page = 0; page < ballots.pages(); page++) {
        Integer stars = ballots.last(voter, page);
        if (stars != null) {
          votes.put(ballots.id(voter) + " /p" + page, stars.toString());
        }
      }
    }
    return votes;
  }

  private static Map<String, String> stored(Deployment deployment, FreshSite site) {
    Map<String, String> votes = new HashMap<>();
    String rows =
        deployment.database.table(
            "SELECT voter, path, stars FROM vote JOIN page USING (site_id, page) WHERE site_id = "
                + site.id());
    rows.lines()
        .forEach(
            row -> votes.put(row.substring(0, row.length() - 2), row.substring(row.length() - 1)));
    return votes;
  }

  private static void write(Ballots ballots, int samples, double seconds) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("test", "votes");
    line.put("seconds", Math.round(seconds * 10) / 10.0);
    line.put("acknowledged", ballots.acknowledged.get());
    line.put("podKills", Sizes.VOTE_POD_KILLS);
    line.put("postgresKills", Sizes.POSTGRES_KILLS);
    line.put("samples", samples);
    line.put("untrueTotals", 0);
    line.put("wrongVotes", 0);
    Figures.append(line);
  }
}

package vn.luot.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import vn.luot.model.ModelRedis.Register;

/**
 * One random interleaving of hits, repetitions, flushes, crashes, restarts and roll-backs.
 *
 * <p>Hits for a page of their own show which one was lost or doubled; where pages are shared, sums
 * must lie between what was acknowledged and what was sent.
 */
final class ModelRun {
  private static final int STEPS = 80;
  private static final int PODS = 2;

  private final Random random;
  private final Mistake mistake;
  private final int pages;
  private final List<ModelPod> pods = new ArrayList<>();
  private final List<ModelPod.Request> network = new ArrayList<>();
  private final List<ModelFlush> flushes = new ArrayList<>();
  private final Set<Integer> acknowledged = new HashSet<>();
  private final Map<Integer, Integer> gone = new HashMap<>();
  private ModelRedis redis = new ModelRedis(1);
  private ModelPostgres postgres = new ModelPostgres();
  private ModelRedis olderRedis = new ModelRedis(1);
  private ModelPostgres olderPostgres = new ModelPostgres();
  private int hits;
  private int fresh = 100;

  ModelRun(long seed, Mistake mistake) {
    this.random = new Random(seed);
    this.mistake = mistake;
    this.pages = random.nextBoolean() ? 3 : Integer.MAX_VALUE;
    for (int i = 0; i < PODS; i++) {
      pods.add(new ModelPod());
      pods.get(i).writer = fresh++;
    }
  }

  /** What went wrong, or null. */
  String run() {
    for (int i = 0; i < STEPS; i++) {
      step();
    }
    while (!network.isEmpty()) {
      deliver();
    }
    flushes.clear();
    // The second one sees whether PostgreSQL went back during the first.
    wholeFlush();
    wholeFlush();
    return judge();
  }

  private void step() {
    ModelPod pod = pods.get(random.nextInt(PODS));
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> send(pod);
      case 6, 7, 8, 9, 10 -> deliver();
      case 11, 12, 13 -> flush();
      case 14 -> pod.hit = -1; // answered 503
      case 15 -> lose();
      case 16 -> pod.crash(fresh++);
      case 17 -> replace(redis.in(fresh++, false));
      case 18 -> roll();
      default -> remember();
    }
  }

  private void send(ModelPod pod) {
    if (pod.hit < 0) {
      pod.take(hits++);
    } else {
      pod.doubt();
    }
    network.add(pod.attempt(mistake));
  }

  /** Any request may be the next to arrive, and its answer may be lost. */
  private void deliver() {
    if (network.isEmpty()) {
      return;
    }
    ModelPod.Request request = network.remove(random.nextInt(network.size()));
    int page = request.hit() % pages;
    ModelRedis.Answer answer =
        redis.record(request.writer(), request.sequence(), request.epoch(), page, fresh++);
    ModelPod pod = request.pod();
    if (!pod.isOf(request) || random.nextInt(4) == 0) {
      return;
    }
    if (answer.recorded()) {
      acknowledged.add(request.hit());
      pod.hit = -1;
    } else if (pod.refused(answer, mistake)) {
      pod.hit = -1;
    } else {
      network.add(pod.attempt(mistake));
    }
  }

  /** A request that never arrives. */
  private void lose() {
    if (!network.isEmpty()) {
      network.remove(random.nextInt(network.size()));
    }
  }

  private void flush() {
    if (flushes.size() < 2 && random.nextInt(4) == 0) {
      flushes.add(new ModelFlush(redis, postgres, random, mistake));
    } else if (!flushes.isEmpty()) {
      int which = random.nextInt(flushes.size());
      if (!flushes.get(which).step(redis, postgres, random, mistake) || random.nextInt(30) == 0) {
        flushes.remove(which);
      }
    }
  }

  private void wholeFlush() {
    ModelFlush flush = new ModelFlush(redis, postgres, random, mistake);
    while (flush.step(redis, postgres, random, mistake)) {
      continue;
    }
  }

  private void remember() {
    if (random.nextBoolean()) {
      olderRedis = redis.in(redis.history, false);
    } else {
      olderPostgres = postgres.copy(0);
    }
  }

  /** A store comes back as it was some time ago, or empty. */
  private void roll() {
    switch (random.nextInt(3)) {
      case 0 -> replace(olderRedis.in(fresh++, mistake == Mistake.KEEP_EPOCH));
      case 1 -> replace(new ModelRedis(redis.history));
      default -> {
        Map<Register, Integer> before = held();
        postgres = olderPostgres.copy(fresh++);
        excuse(before);
      }
    }
  }

  private void replace(ModelRedis other) {
    Map<Register, Integer> before = held();
    redis = other;
    excuse(before);
  }

  private Map<Register, Integer> held() {
    Map<Register, Integer> held = new HashMap<>(redis.registers);
    postgres.rows.forEach((register, n) -> held.merge(register, n, Math::max));
    return held;
  }

  /** What neither store has any more, nobody can count. */
  private void excuse(Map<Register, Integer> before) {
    Map<Register, Integer> after = held();
    before.forEach(
        (register, n) ->
            gone.merge(
                register.page(), Math.max(0, n - after.getOrDefault(register, 0)), Integer::sum));
  }

  private String judge() {
    for (int page = 0; page < Math.min(pages, hits); page++) {
      int sent = 0;
      int least = -gone.getOrDefault(page, 0);
      for (int hit = page; hit < hits; hit += Math.min(pages, hits)) {
        sent++;
        least += acknowledged.contains(hit) ? 1 : 0;
      }
      int counted = postgres.total(page);
      if (counted > sent || counted < least) {
        return "page %d: %d sent, %d acknowledged and not gone, %d counted"
            .formatted(page, sent, least, counted);
      }
    }
    return null;
  }
}

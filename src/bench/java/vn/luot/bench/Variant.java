package vn.luot.bench;

import java.util.function.LongSupplier;
import vn.luot.bench.load.Answers;
import vn.luot.bench.load.Generator;
import vn.luot.bench.load.Pace;
import vn.luot.bench.load.Target;
import vn.luot.bench.load.Wrk;
import vn.luot.bench.machine.Backing;

/**
 * A process that takes hits.
 *
 * @param counted how many hits it has counted so far, once all of them can be seen; null where it
 *     counts nothing
 */
record Variant(String name, long pid, Target target, Backing backing, LongSupplier counted) {

  Variant with(Target other) {
    return with(name, other);
  }

  Variant with(String otherName, Target other) {
    return new Variant(otherName, pid, other, backing, counted);
  }

  Answers load(Pace pace, long seed) {
    boolean wrk = pace.perSecond() == 0 && Wrk.isInstalled();
    return wrk ? Wrk.hits(target, pace, seed) : Generator.hits(target, pace, seed);
  }

  /** One round, after which everything acknowledged must have been counted. */
  Round measure(Pace pace, long seed) {
    long countedBefore = counted == null ? 0 : counted.getAsLong();
    Cpu before = cpu();
    Answers answers = load(pace, seed);
    Round round = cpu().per(answers, before);
    if (counted != null) {
      check(answers, counted.getAsLong() - countedBefore, pace.connections());
    }
    return round;
  }

  /**
   * What is under way when the time is up may be counted and never seen to be answered, and so may
   * what was refused.
   */
  private void check(Answers answers, long counted, int connections) {
    long acknowledged = answers.answered() - answers.failed();
    if (counted < acknowledged || counted > answers.answered() + connections) {
      throw new IllegalStateException("%s: counted %d of %s".formatted(name, counted, answers));
    }
  }

  Cpu cpu() {
    return Cpu.of(pid, backing.redisPid, backing.postgres.pid());
  }
}

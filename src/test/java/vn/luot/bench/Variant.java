package vn.luot.bench;

import java.util.ArrayList;
import java.util.List;
import vn.luot.faults.Pod;

/** A process under load, and what its rounds gave. */
final class Variant {
  final String name;
  final List<Round> rounds = new ArrayList<>();
  private final Pod pod;
  private final String path;
  private final Backing backing;

  Variant(String name, Pod pod, String path, Backing backing) {
    this.name = name;
    this.pod = pod;
    this.path = path;
    this.backing = backing;
  }

  Answers load(Size size, int seconds, long seed) {
    Answers answers = Wrk.run(pod.port(), path, size, seconds, seed);
    if (answers.failed() > 0) {
      throw new IllegalStateException(name + ": not every request was answered 2xx: " + answers);
    }
    return answers;
  }

  Answers measure(Size size, long seed) {
    Cpu before = cpu();
    Answers answers = load(size, size.seconds(), seed);
    rounds.add(cpu().per(answers, before));
    return answers;
  }

  /** Views answered and not counted; the echo has none. */
  long repeated() {
    return path.endsWith("/hits") ? pod.metric("luot_hits_repeated_total") : 0;
  }

  private Cpu cpu() {
    return Cpu.of(pod.pid(), backing.redisPid, backing.postgres.pid());
  }
}

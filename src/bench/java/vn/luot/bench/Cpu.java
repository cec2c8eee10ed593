package vn.luot.bench;

import java.time.Duration;
import java.util.stream.Stream;
import vn.luot.bench.load.Answers;

/** The CPU time that a process and its children have used so far, from the operating system. */
public record Cpu(double service, double redis, double postgres) {
  public static Cpu of(long service, long redis, long postgres) {
    return new Cpu(micros(service), micros(redis), micros(postgres));
  }

  Round per(Answers answers, Cpu before) {
    double n = answers.answered();
    return new Round(
        answers.perSecond(),
        (service - before.service) / n,
        (redis - before.redis) / n,
        (postgres - before.postgres) / n,
        answers.p50(),
        answers.p99(),
        answers.failed());
  }

  private static double micros(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(process), process.descendants())
        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(used -> used.toNanos() / 1e3)
        .sum();
  }
}

package vn.luot.admin.refusals;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.connection.Unis;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.RefusedOrigins;
import vn.luot.refusal.RefusedOrigins.Refused;
import vn.luot.site.Site;

/** Refused origins of all pods, in Redis by {@code add_refusals.lua}: advice, which may be lost. */
@Singleton
record RefusalStore(
    RedisCommands redis, RefusedOrigins refused, RefusedOrigins.Config config, Clock clock) {
  private static final String OTHERS = "~";

  /** Sites of an operator that are read at a time. */
  private static final int AT_ONCE = 16;

  private static final Script SCRIPT = Script.named("add_refusals");

  @Scheduled(every = "{luot.refusals.write-every}", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> write() {
    return Unis.inTurn(refused.take().entrySet(), site -> write(site.getKey(), site.getValue()));
  }

  private Uni<Void> write(int site, Map<Refused, Long> times) {
    List<Object> args = new ArrayList<>();
    args.addAll(List.of(clock.millis(), config.keep().toMillis(), config.perSite()));
    times.forEach((of, n) -> args.addAll(List.of(field(of), n)));
    return redis
        .run(SCRIPT, List.of(Keys.refusals(site)), args)
        .plug(
            Unis.orNull(
                e -> {
                  Log.debugf("Refused origins are kept in the pod: %s", e.getMessage());
                  times.forEach((of, n) -> refused.add(site, of, n));
                }))
        .replaceWithVoid();
  }

  private static String field(Refused of) {
    return of.reason() == null ? OTHERS : of.reason().label() + " " + of.origin();
  }

  /** The most frequent first. Fails with 503 where Redis does not answer. */
  Uni<RefusalList> read(Collection<Site> sites, int most) {
    return write()
        .onItem()
        .transformToMulti(written -> Multi.createFrom().iterable(sites))
        .onItem()
        .transformToUni(this::read)
        .merge(AT_ONCE)
        .collect()
        .asList()
        .map(found -> list(found.stream().flatMap(List::stream).toList(), most))
        .onFailure()
        .transform(e -> Refusal.forNow(Reason.NOT_READABLE, "Redis does not answer; try again."));
  }

  private static RefusalList list(List<RefusedOrigin> found, int most) {
    List<RefusedOrigin> listed =
        found.stream()
            .filter(of -> of.reason() != null)
            .sorted(
                Comparator.comparing(RefusedOrigin::refused)
                    .thenComparing(RefusedOrigin::lastAt)
                    .reversed())
            .limit(most)
            .toList();
    return new RefusalList(listed, sum(found) - sum(listed));
  }

  private static long sum(List<RefusedOrigin> refusals) {
    return refusals.stream().mapToLong(RefusedOrigin::refused).sum();
  }

  private Uni<List<RefusedOrigin>> read(Site site) {
    Instant oldest = clock.instant().minus(config.keep());
    return redis
        .run(Command.HGETALL, Keys.refusals(site.id()))
        .map(
            hash ->
                hash.getKeys().stream()
                    .map(field -> refused(site, field, hash.get(field)))
                    .filter(of -> of.lastAt().toInstant().isAfter(oldest))
                    .filter(of -> !isMended(site, of))
                    .toList());
  }

  private static RefusedOrigin refused(Site site, String field, Response value) {
    String[] kind = field.split(" ", 2);
    String[] counted = value.toString().split(" ");
    boolean others = field.equals(OTHERS);
    return new RefusedOrigin(
        site.slug(),
        others || kind[1].isEmpty() ? null : kind[1],
        others ? null : kind[0],
        Long.parseLong(counted[0]),
        Instant.ofEpochMilli(Long.parseLong(counted[1])).atOffset(ZoneOffset.UTC));
  }

  /** It has been registered, or none is needed, since it was refused. */
  private static boolean isMended(Site site, RefusedOrigin of) {
    return Reason.ORIGIN_NOT_ALLOWED.label().equals(of.reason()) && site.allows(of.origin());
  }

  /**
   * Refused origins, the most frequent first.
   *
   * @param others refused calls of origins that are not listed
   */
  public record RefusalList(List<RefusedOrigin> refusals, long others) {}

  /** An origin whose calls are refused. */
  public record RefusedOrigin(
      @Schema(description = "The site that the pages are, or would be, of", examples = "bacninh")
          String site,
      @Schema(
              description = "Scheme, host and port; null where calls name none that can be one",
              nullable = true,
              examples = "http://bacninh.example.vn")
          @Nullable String origin,
      @Schema(
              description =
                  "origin-not-allowed: to be added to the site's origins, if the pages are its own;"
                      + " unknown-site: the origin is the site's, and its pages name another site",
              enumeration = {"origin-not-allowed", "unknown-site"})
          @Nullable String reason,
      @Schema(description = "Calls: a page's hit, which is not repeated, and reads", minimum = "1")
          long refused,
      @Schema(description = "To within some seconds") OffsetDateTime lastAt) {}
}

package vn.luot.admin.status;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.luot.flush.Flusher;
import vn.luot.flush.day.Days.FlushKeys;
import vn.luot.live.Epochs;
import vn.luot.live.redis.RedisCommands;
import vn.luot.schema.Main;

/** Asks everything at once, and waits for none of it longer than a moment. */
@Singleton
class StatusReader {
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final Pattern REDIS_VERSION = Pattern.compile("redis_version:(\\S+)");

  private static final String POSTGRES_VERSION = "SELECT current_setting('server_version')";

  private static final String SCHEMA_VERSION =
      """
      SELECT version FROM flyway_schema_history
      WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1
      """;

  private final Pool pool;
  private final RedisCommands redis;
  private final Flusher flusher;
  private final Epochs epochs;
  private final Clock clock;
  private final String version = Main.version();

  private final Uni<Status> shared =
      Uni.createFrom().deferred(this::readNow).memoize().forFixedDuration(Duration.ofSeconds(1));

  StatusReader(Pool pool, RedisCommands redis, Flusher flusher, Epochs epochs, Clock clock) {
    this.pool = pool;
    this.redis = redis;
    this.flusher = flusher;
    this.epochs = epochs;
    this.clock = clock;
  }

  /**
   * Read once a second for all who ask: what is not flushed is looked for in all of Redis. So it
   * goes on where one of them leaves.
   */
  Uni<Status> read() {
    return shared;
  }

  private Uni<Status> readNow() {
    return Uni.combine()
        .all()
        .unis(
            timed(postgres(POSTGRES_VERSION)),
            timed(redis.run(Command.INFO, "server").map(StatusReader::redisVersion)),
            postgres(SCHEMA_VERSION).onFailure().recoverWithNull(),
            flush().onFailure().recoverWithItem(Status.FlushState.UNKNOWN),
            epochs().onFailure().recoverWithNull())
        .asTuple()
        .map(
            all ->
                new Status(
                    version,
                    all.getItem3(),
                    clock.instant().atOffset(ZoneOffset.UTC),
                    new Status.Stores(all.getItem1(), all.getItem2()),
                    all.getItem4(),
                    all.getItem5()));
  }

  private static Uni<Status.StoreState> timed(Uni<String> version) {
    return Uni.createFrom()
        .deferred(
            () -> {
              long begin = System.nanoTime();
              return version.map(
                  found ->
                      new Status.StoreState(
                          true, found, Math.round((System.nanoTime() - begin) / 10_000.0) / 100.0));
            })
        .onFailure()
        .recoverWithItem(Status.StoreState.DOWN);
  }

  private Uni<String> postgres(String sql) {
    return soon(pool.query(sql).execute())
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next())
        .map(row -> row == null ? null : row.getString(0));
  }

  private static @Nullable String redisVersion(Response info) {
    Matcher found = REDIS_VERSION.matcher(info.toString());
    return found.find() ? found.group(1) : null;
  }

  private Uni<Status.FlushState> flush() {
    return soon(
        Uni.combine()
            .all()
            .unis(redis.run(Command.GET, FlushKeys.flushed()), flusher.unflushed())
            .with(this::flush));
  }

  private Status.FlushState flush(Response flushed, int unflushed) {
    if (flushed == null) {
      return new Status.FlushState(null, null, unflushed);
    }
    long millis = flushed.toLong();
    return new Status.FlushState(
        Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC),
        Math.max(0, clock.millis() - millis) / 1000.0,
        unflushed);
  }

  /** Where nothing was counted yet there is none. */
  private Uni<Integer> epochs() {
    List<Uni<Response>> asked =
        epochs.keys().stream().map(key -> redis.run(Command.HGET, key, "epoch")).toList();
    return soon(Uni.join().all(asked).andFailFast())
        .map(found -> (int) found.stream().filter(Objects::nonNull).count());
  }

  private static <T> Uni<T> soon(Uni<T> asked) {
    return asked.ifNoItem().after(WAIT).fail();
  }

  /** How Luot is, as this pod sees it. What is not known at the moment is null. */
  @Schema(name = "Status")
  public record Status(
      @Schema(description = "Version of Luot") String version,
      @Schema(description = "Version of the tables in PostgreSQL", nullable = true)
          String schemaVersion,
      OffsetDateTime at,
      Stores stores,
      FlushState flush,
      @Schema(
              description =
                  "Epochs (uninterrupted histories of Redis) that hits are counted into now: 1 with one"
                      + " Redis, more in a cluster or while it changes",
              nullable = true)
          Integer epochs) {

    /** The two stores. */
    @Schema(name = "StatusStores")
    public record Stores(StoreState postgres, StoreState redis) {}

    /** One store. */
    @Schema(name = "StatusStore")
    public record StoreState(
        boolean up,
        @Schema(nullable = true, examples = "18.6") @Nullable String version,
        @Schema(description = "Of one small question, in milliseconds", nullable = true)
            @Nullable Double latencyMillis) {

      static final StoreState DOWN = new StoreState(false, null, null);
    }

    /** How far PostgreSQL is behind Redis. */
    @Schema(name = "StatusFlush")
    public record FlushState(
        @Schema(description = "When the last complete flush began", nullable = true)
            @Nullable OffsetDateTime flushedAt,
        @Schema(description = "Seconds since then", nullable = true) @Nullable Double lagSeconds,
        @Schema(
                description = "Counts in Redis that PostgreSQL lacks; votes and visitors aside",
                nullable = true)
            @Nullable Integer unflushedRegisters) {

      static final FlushState UNKNOWN = new FlushState(null, null, null);
    }
  }
}

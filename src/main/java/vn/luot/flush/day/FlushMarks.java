package vn.luot.flush.day;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.redis.client.Command;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import vn.luot.connection.Unis;
import vn.luot.flush.day.Days.FlushKeys;
import vn.luot.live.Epochs;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.RedisTopology;
import vn.luot.live.redis.Script;

/**
 * Ends the epoch of a Redis whose memory is not the one that was flushed last. That is so where it
 * was put back to what it was before, and where a copy of it runs too, as of a machine that was
 * copied while it ran: both would go on with the same registers, of which PostgreSQL keeps the
 * higher ones.
 *
 * <p>Each flush leaves a random mark in Redis, and then the same in PostgreSQL, before it takes
 * anything. So Redis knows what mark PostgreSQL has, unless it was left by another memory. What the
 * two copies count until the first of them finds out may be lost, and nothing is counted twice.
 */
@Singleton
public record FlushMarks(RedisCommands redis, RedisTopology topology, Epochs epochs, Pool pool) {
  /** Instead of a mark: PostgreSQL was started or replaced, and may have an older one. */
  private static final String ANY = "any ";

  private static final String LEAVE =
      """
      INSERT INTO epoch_flush AS f (epoch, mark) VALUES ($1, $2)
      ON CONFLICT (epoch) DO UPDATE SET mark = excluded.mark WHERE f.mark = ANY ($3) OR $4
      RETURNING mark
      """;

  private static final String LEFT = "SELECT mark FROM epoch_flush WHERE epoch = $1";

  private static final Script SCRIPT = Script.named("mark_flush");

  /** All marks of PostgreSQL are taken for known by the next flush. */
  public Uni<Void> trustAny() {
    return Unis.inTurn(
        topology.isCluster() ? Keys.ofAllBuckets(FlushKeys::marks) : List.of(FlushKeys.marks()),
        key -> redis.run(Script.THOUGH_FULL, List.of(key), List.of("SET", ANY)));
  }

  /** To be called before anything of these days is taken. */
  public Uni<Void> leave(Collection<Days.Dirty> dirty) {
    List<Integer> parts =
        dirty.stream().map(day -> topology.part(day.day().site())).distinct().toList();
    return Unis.inTurn(parts, this::leave);
  }

  /** {@code part} may stand for any site in it. */
  private Uni<Void> leave(int part) {
    long mark = epochs.fresh();
    List<String> keys = List.of(epochs.key(part), marks(part));
    return redis
        .run(SCRIPT, keys, List.of(mark))
        .flatMap(
            found -> {
              String epoch = found.get(0).toString();
              return epoch.isEmpty()
                  ? Uni.createFrom().voidItem()
                  : leave(part, Long.parseLong(epoch), mark, found.get(1).toString());
            });
  }

  private Uni<Void> leave(int part, long epoch, long mark, String before) {
    Long[] known =
        Stream.of(before.split(" "))
            .filter(m -> m.matches("\\d+"))
            .map(Long::valueOf)
            .toArray(Long[]::new);
    return pool.preparedQuery(LEAVE)
        .execute(Tuple.of(epoch, mark, known, before.contains(ANY)))
        .flatMap(left -> left.size() > 0 ? Uni.createFrom().voidItem() : compare(part, epoch));
  }

  /** Another flush of this Redis may have left its mark meanwhile; Redis had it before. */
  private Uni<Void> compare(int part, long epoch) {
    return pool.preparedQuery(LEFT)
        .execute(Tuple.of(epoch))
        .map(rows -> rows.iterator().next().getLong(0))
        .flatMap(
            left ->
                redis
                    .run(Command.GET, marks(part))
                    .flatMap(
                        marks ->
                            (" " + marks).contains(" " + left + " ")
                                ? Uni.createFrom().voidItem()
                                : end(part)));
  }

  private Uni<Void> end(int part) {
    Log.warn(
        "PostgreSQL has what this Redis does not know of: its memory was put back, or a copy of it"
            + " runs too. Another epoch begins.");
    return redis
        .run(
            Script.THOUGH_FULL,
            List.of(epochs.key(part)),
            List.of("HSET", "history", "flushed from another memory"))
        .replaceWithVoid();
  }

  private String marks(int part) {
    return topology.isCluster() ? FlushKeys.marks(part) : FlushKeys.marks();
  }
}

package vn.luot.flush.day;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.RedisTopology;
import vn.luot.register.Kind;
import vn.luot.register.SiteDay;

/** Which days Redis holds registers of, where they lie, and which of them wait to be flushed. */
@Singleton
public record Days(RedisCommands redis, RedisTopology topology) {
  private static final String VISITORS = "visitors";

  /** Bounds how long one command keeps Redis busy where very many sites are dirty. */
  private static final int BUCKETS_AT_ONCE = 16;

  private static final int CALLS_AT_ONCE = 4;

  /**
   * A day that has registers to flush.
   *
   * @param marks what changed: keys of registers, or what stands for many
   */
  public record Dirty(SiteDay day, List<String> marks) {
    public List<String> of(Kind kind) {
      return marks.stream().filter(kind::isMark).toList();
    }

    public boolean visitors() {
      return marks.contains(VISITORS);
    }

    /** Whether anything waits that every flush takes. */
    public boolean registers() {
      return marks.stream().anyMatch(mark -> !mark.equals(VISITORS));
    }
  }

  public static String visitorsMark(SiteDay day) {
    return day.mark() + ":" + VISITORS;
  }

  /** Of many buckets at once where one Redis has them: a pod at rest does little else than this. */
  public Uni<List<Dirty>> dirty() {
    return Multi.createFrom()
        .iterable(Keys.ofAllBuckets(Keys::dirty))
        .group()
        .intoLists()
        .of(topology.isCluster() ? 1 : BUCKETS_AT_ONCE)
        .onItem()
        .transformToUni(this::dirty)
        .merge(CALLS_AT_ONCE)
        .onItem()
        .<Dirty>disjoint()
        .collect()
        .asList();
  }

  public Uni<List<Dirty>> dirty(int site) {
    return dirty(List.of(Keys.dirty(Keys.bucket(site))))
        .map(days -> days.stream().filter(dirty -> dirty.day.site() == site).toList());
  }

  private Uni<List<Dirty>> dirty(List<String> keys) {
    Request request = Request.cmd(Command.SUNION);
    keys.forEach(request::arg);
    return redis.run(request).map(Days::dirty);
  }

  /** From {@code epoch:site:day:hour}, {@code ...:visitors} and {@code ...:referrers}. */
  private static List<Dirty> dirty(Response marks) {
    Map<SiteDay, Dirty> days = new LinkedHashMap<>();
    for (Response member : marks) {
      String mark = member.toString();
      days.computeIfAbsent(SiteDay.of(mark), day -> new Dirty(day, new ArrayList<>()))
          .marks
          .add(mark.substring(mark.lastIndexOf(':') + 1));
    }
    return List.copyOf(days.values());
  }

  /** All that are kept, flushed or not. */
  public Uni<List<SiteDay>> kept(int bucket) {
    return redis
        .run(Command.SMEMBERS, Keys.days(bucket))
        .map(
            marks -> {
              List<SiteDay> days = new ArrayList<>();
              marks.forEach(mark -> days.add(SiteDay.of(mark.toString())));
              return days;
            });
  }

  /**
   * The keys of the day's shards: read first, because a script may only touch keys it was given.
   */
  public Uni<List<String>> shards(SiteDay day) {
    return redis.run(Command.GET, Keys.shards(day)).map(bitmap -> shards(day, bitmap));
  }

  private static List<String> shards(SiteDay day, Response bitmap) {
    List<String> keys = new ArrayList<>();
    byte[] bits = bitmap == null ? new byte[0] : bitmap.toBytes();
    for (int i = 0; i < bits.length * 8; i++) {
      // Redis numbers bits from the most significant one of the first byte.
      if ((bits[i / 8] >> (7 - i % 8) & 1) == 1) {
        keys.add(Keys.pages(day, i));
      }
    }
    return keys;
  }

  /** The keys in Redis by which pods agree who flushes, and what was flushed. */
  public static final class FlushKeys {
    private FlushKeys() {}

    /** String, the marks of the last flushes. Stays; see {@code mark_flush.lua}. */
    public static String marks() {
      return Keys.once("marks");
    }

    /** The same of a bucket, where each may be on another Redis. */
    public static String marks(int bucket) {
      return Keys.tag(bucket) + "marks";
    }

    /** String, the pod that flushes. Expires before the next flush is due. */
    public static String flushing() {
      return Keys.once("flushing");
    }

    /** String, when the last complete flush began, in milliseconds of Unix time. Stays. */
    public static String flushed() {
      return Keys.once("flushed");
    }

    /**
     * String, the last start of PostgreSQL for which everything was marked to be flushed again.
     * Stays.
     */
    public static String postgres() {
      return Keys.once("postgres");
    }

    /** String, that everything was marked to be flushed again. Expires when that is due again. */
    public static String repeated() {
      return Keys.once("repeated");
    }
  }
}

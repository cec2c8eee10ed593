package vn.luot.live;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.RedisTopology;
import vn.luot.live.redis.Script;
import vn.luot.register.Kind;
import vn.luot.register.Register;
import vn.luot.register.SiteDay;

/** Reads registers of any day and epoch by {@code read.lua}. */
@Singleton
public record ReadRegisters(RedisCommands redis, RedisTopology topology) {
  private static final Script SCRIPT = Script.named("read");

  /** Views and visits of a site on each of the days: two numbers. */
  public Future<long[]> ofSite(List<SiteDay> days) {
    List<Object> fields = new ArrayList<>();
    days.forEach(day -> fields.addAll(List.of("views", "visits")));
    return read(redis::send, days.stream().map(Keys::day).toList(), fields);
  }

  /** A page of any site on one day. */
  public record PageDay(SiteDay day, long page) {}

  /** Views of pages, in the order asked for. */
  public Future<long[]> ofPages(List<PageDay> asked) {
    Map<Integer, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      int bucket = topology.part(asked.get(i).day.site());
      places.computeIfAbsent(bucket, b -> new ArrayList<>()).add(i);
    }
    long[] views = new long[asked.size()];
    List<Future<?>> reading = new ArrayList<>(places.size());
    for (List<Integer> its : places.values()) {
      List<PageDay> together = its.stream().map(asked::get).toList();
      List<String> keys =
          together.stream().map(it -> Keys.pages(it.day, Keys.shard(it.page))).toList();
      List<Object> fields = together.stream().<Object>map(PageDay::page).toList();
      reading.add(read(redis::send, keys, fields).onSuccess(found -> put(found, its, views)));
    }
    return Future.all(reading).map(all -> views);
  }

  private static void put(long[] found, List<Integer> places, long[] views) {
    for (int i = 0; i < found.length; i++) {
      views[places.get(i)] = found[i];
    }
  }

  /** To be exported: where replicated, only what a replica has too. In the order of the keys. */
  public Future<List<Register>> durably(Kind kind, SiteDay day, List<String> keys) {
    List<Register> found = new ArrayList<>(keys.size());
    Future<?> read = Future.succeededFuture();
    for (List<String> chunk : Script.chunks(keys)) {
      List<String> hashes = chunk.stream().map(key -> Keys.register(kind, day, key)).toList();
      List<Object> fields = new ArrayList<>();
      chunk.forEach(key -> fields.addAll(kind.fields(key)));
      read =
          read.compose(before -> read(redis::sendDurably, hashes, fields))
              .onSuccess(numbers -> add(chunk, numbers, found));
    }
    return read.map(all -> found);
  }

  private static void add(List<String> keys, long[] numbers, List<Register> found) {
    int each = numbers.length / keys.size();
    for (int i = 0; i < keys.size(); i++) {
      long[] counts = Arrays.copyOfRange(numbers, i * each, (i + 1) * each);
      found.add(new Register(keys.get(i), counts));
    }
  }

  /** {@code fields}: of each key as many. */
  private Future<long[]> read(
      Function<Request, Future<Response>> send, List<String> keys, List<Object> fields) {
    return SCRIPT
        .call(send, keys, fields)
        .map(
            reply -> {
              long[] numbers = new long[reply.size()];
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = reply.get(i).toLong();
              }
              return numbers;
            });
  }
}

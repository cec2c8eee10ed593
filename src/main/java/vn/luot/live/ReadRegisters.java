package vn.luot.live;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.LongBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads registers of any day and epoch by {@code read_registers.lua} and {@code read_pages.lua}.
 */
@ApplicationScoped
public class ReadRegisters {
  private final Script script = Script.named("read_registers");
  private final Script pagesScript = Script.named("read_pages");
  private final Store store;
  private final boolean cluster;

  ReadRegisters(Store store, RedisTopology topology) {
    this.store = store;
    this.cluster = topology.isCluster();
  }

  /** An epoch and a day whose registers are wanted. */
  public record Register(long epoch, LocalDate day) {}

  /** Views and visits of a site: for each register two numbers. */
  public Future<long[]> ofSite(int site, List<Register> registers) {
    List<String> keys = new ArrayList<>();
    List<Object> fields = new ArrayList<>();
    for (Register register : registers) {
      String day = Keys.day(register.epoch, site, register.day);
      keys.addAll(List.of(day, day));
      fields.addAll(List.of("views", "visits"));
    }
    return read(keys, fields);
  }

  /** The register of a page of any site. */
  public record PageRegister(int site, long page, Register register) {
    private String key() {
      return Keys.pages(register.epoch, site, register.day, Keys.shard(page));
    }
  }

  /** Views of pages, in the order asked for. */
  public Future<long[]> ofPages(List<PageRegister> asked) {
    Map<Integer, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      int bucket = cluster ? Keys.bucket(asked.get(i).site) : 0;
      places.computeIfAbsent(bucket, b -> new ArrayList<>()).add(i);
    }
    long[] views = new long[asked.size()];
    List<Future<?>> reading = new ArrayList<>(places.size());
    for (List<Integer> its : places.values()) {
      List<String> keys = its.stream().map(i -> asked.get(i).key()).toList();
      List<Object> fields = its.stream().<Object>map(i -> asked.get(i).page).toList();
      reading.add(read(keys, fields).onSuccess(found -> put(found, its, views)));
    }
    return Future.all(reading).map(all -> views);
  }

  private static void put(long[] found, List<Integer> places, long[] views) {
    for (int i = 0; i < found.length; i++) {
      views[places.get(i)] = found[i];
    }
  }

  /**
   * Views of pages and visits that began on them, to be exported: for each page two numbers. Where
   * replicated, only what a replica has too.
   */
  public Future<long[]> ofPagesAndVisitsDurably(int site, List<Long> pages, Register register) {
    String shards = Keys.pages(register.epoch, site, register.day);
    LongBuffer numbers = LongBuffer.allocate(2 * pages.size());
    Future<?> read = Future.succeededFuture();
    for (List<Long> piece : Pieces.of(pages)) {
      read = read.compose(before -> readPiece(shards, piece)).onSuccess(numbers::put);
    }
    return read.map(all -> numbers.array());
  }

  private Future<long[]> readPiece(String shards, List<Long> pages) {
    List<String> keys = pages.stream().map(page -> shards + Keys.shard(page)).toList();
    return pagesScript
        .call(store::sendDurably, keys, List.copyOf(pages))
        .map(ReadRegisters::numbers);
  }

  private Future<long[]> read(List<String> keys, List<Object> fields) {
    return script.call(store::send, keys, fields).map(ReadRegisters::numbers);
  }

  private static long[] numbers(Response reply) {
    long[] numbers = new long[reply.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = reply.get(i).toLong();
    }
    return numbers;
  }
}

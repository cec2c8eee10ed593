package vn.luot.live;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads registers of any day and epoch by {@code read_registers.lua}. */
@ApplicationScoped
public class ReadRegisters {
  private final Script script = Script.named("read_registers");
  private final Store store;

  ReadRegisters(Store store) {
    this.store = store;
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
    return read(store::send, keys, fields);
  }

  /** Views of pages, by their keys: for each page one number for each register. */
  public Future<long[]> ofPages(int site, List<Long> pages, List<Register> registers) {
    List<String> keys = new ArrayList<>();
    List<Object> fields = new ArrayList<>();
    for (long page : pages) {
      for (Register register : registers) {
        keys.add(Keys.pages(register.epoch, site, register.day, Keys.shard(page)));
        fields.add(page);
      }
    }
    return read(store::send, keys, fields);
  }

  /**
   * Views of pages and visits that began on them, to be exported: for each page two numbers. Where
   * replicated, only what a replica has too.
   */
  public Future<long[]> ofPagesAndVisitsDurably(int site, List<Long> pages, Register register) {
    List<String> keys = new ArrayList<>();
    List<Object> fields = new ArrayList<>();
    for (long page : pages) {
      String shard = Keys.pages(register.epoch, site, register.day, Keys.shard(page));
      keys.addAll(List.of(shard, shard));
      fields.addAll(List.of(page, "n" + page));
    }
    return read(store::sendDurably, keys, fields);
  }

  private Future<long[]> read(
      Function<Request, Future<Response>> send, List<String> keys, List<Object> fields) {
    return script
        .call(send, keys, fields)
        .map(
            reply -> {
              long[] values = new long[keys.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = reply.get(i).toLong();
              }
              return values;
            });
  }
}

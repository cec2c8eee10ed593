package vn.luot.live;

import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

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
    return read(keys, fields);
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
    return read(keys, fields);
  }

  /** Views of pages and visits that began on them: for each page two numbers. */
  public Future<long[]> ofPagesAndVisits(int site, List<Long> pages, Register register) {
    List<String> keys = new ArrayList<>();
    List<Object> fields = new ArrayList<>();
    for (long page : pages) {
      String shard = Keys.pages(register.epoch, site, register.day, Keys.shard(page));
      keys.addAll(List.of(shard, shard));
      fields.addAll(List.of(page, "n" + page));
    }
    return read(keys, fields);
  }

  private Future<long[]> read(List<String> keys, List<Object> fields) {
    return script
        .call(store::send, keys, fields)
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

package vn.luot.flush;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vn.luot.connection.Unis;
import vn.luot.flush.day.Chunk;
import vn.luot.flush.day.Chunk.Pace;
import vn.luot.flush.day.Chunk.Scan;
import vn.luot.flush.day.FlushConfig;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Script;
import vn.luot.total.PageNames;

/** Takes the names of a site's pages to PostgreSQL, before the views that refer to them. */
@Singleton
record FlushNames(RedisCommands redis, PageNames totals, FlushConfig config) {
  private static final Script CONFIRM = Script.named("confirm_names");

  Uni<Void> flush(int site, Pace pace) {
    return Chunk.takeAll(
        pace,
        cursor -> read(site, cursor, pace.chunk()),
        names -> take(site, names),
        names -> confirm(site, names));
  }

  private Uni<Chunk<Map<String, String>>> read(int site, String cursor, int size) {
    return new Scan(redis::send, Command.HSCAN, Keys.names(site)).chunk(cursor, size);
  }

  private Uni<Void> take(int site, Map<String, String> names) {
    List<PageNames.Row> rows =
        names.entrySet().stream().map(name -> row(name.getKey(), name.getValue())).toList();
    return totals.merge(site, rows).plug(Unis.within(config.giveUpAfter()));
  }

  /**
   * A name is {@code ms\npath\ntitle}; neither path nor title has line ends. Its field is the page
   * and, where that is known, a number of day and network.
   */
  private static PageNames.Row row(String field, String name) {
    String[] parts = name.split("\n", 3);
    int colon = field.indexOf(':');
    String page = colon < 0 ? field : field.substring(0, colon);
    String network = colon < 0 ? "" : field.substring(colon + 1);
    return new PageNames.Row(
        Long.parseLong(page),
        parts[1],
        parts[2],
        Long.parseLong(parts[0]),
        network.isEmpty() ? PageNames.Row.UNKNOWN : Integer.parseInt(network));
  }

  /** One chunk after the other, so that hits come in between. */
  private Uni<Void> confirm(int site, Map<String, String> flushed) {
    return Unis.inTurn(
        Script.chunks(List.copyOf(flushed.entrySet())),
        chunk -> {
          List<Object> args = new ArrayList<>(2 * chunk.size());
          chunk.forEach(name -> args.addAll(List.of(name.getKey(), name.getValue())));
          List<String> keys = List.of(Keys.names(site));
          return redis.run(CONFIRM, keys, args);
        });
  }
}

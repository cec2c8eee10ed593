package vn.luot.flush.chunk;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import vn.luot.connection.Unis;

/**
 * Looks through a set or a hash of Redis. A chunk is found by many calls, since Redis does nothing
 * else during one: of 5000 pages, hits waited for 4 milliseconds.
 *
 * @param send where to
 * @param command SSCAN or HSCAN
 */
public record Scan(Function<Request, Future<Response>> send, Command command, String key) {
  public static final int AT_ONCE = 250;

  /**
   * So many members or fields, or somewhat more, from the cursor on; or what is left of them. Each
   * once, though a scan may find it twice: a field with the value found last, a member with an
   * empty one.
   */
  public Uni<Chunk<Map<String, String>>> chunk(String cursor, int size) {
    return Multi.createBy()
        .repeating()
        .uni(() -> new AtomicReference<>(nothing(cursor)), found -> goOn(found, size))
        .whilst(found -> !found.isLast() && found.rows().size() < size)
        .collect()
        .last();
  }

  private static Chunk<Map<String, String>> nothing(String cursor) {
    return new Chunk<>(new LinkedHashMap<>(), cursor);
  }

  private Uni<Chunk<Map<String, String>>> goOn(
      AtomicReference<Chunk<Map<String, String>>> found, int size) {
    Map<String, String> rows = found.get().rows();
    return Unis.of(() -> send.apply(request(found.get().next(), size)))
        .invoke(reply -> add(reply.get(1), rows))
        .map(reply -> new Chunk<>(rows, reply.get(0).toString()))
        .invoke(found::set);
  }

  private Request request(String cursor, int size) {
    return Request.cmd(command).arg(key).arg(cursor).arg("COUNT").arg(Math.min(size, AT_ONCE));
  }

  private void add(Response reply, Map<String, String> found) {
    boolean withValues = command == Command.HSCAN;
    for (int i = 0; i < reply.size(); i += withValues ? 2 : 1) {
      found.put(reply.get(i).toString(), withValues ? reply.get(i + 1).toString() : "");
    }
  }
}

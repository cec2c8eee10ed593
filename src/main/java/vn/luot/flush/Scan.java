package vn.luot.flush;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import vn.luot.live.Futures;

/**
 * Looks through a set or a hash of Redis. A portion is found by many calls, since Redis does
 * nothing else meanwhile: one that found 5000 pages kept hits waiting for 4 milliseconds.
 *
 * @param send where to
 * @param command SSCAN or HSCAN
 */
record Scan(Function<Request, Future<Response>> send, Command command, String key) {
  private static final int AT_ONCE = 250;

  /**
   * So many members or fields, or somewhat more, from the cursor on; or what is left of them. Each
   * once, though a scan may find it twice, with the value of a field found last.
   */
  Uni<Portion<Map<String, String>>> portion(String cursor, int size) {
    return goOn(new LinkedHashMap<>(), cursor, size);
  }

  private Uni<Portion<Map<String, String>>> goOn(
      Map<String, String> found, String cursor, int size) {
    return Futures.uni(() -> send.apply(request(cursor, size)))
        .flatMap(
            reply -> {
              add(reply.get(1), found);
              Portion<Map<String, String>> portion = new Portion<>(found, reply.get(0).toString());
              return portion.isLast() || found.size() >= size
                  ? Uni.createFrom().item(portion)
                  : goOn(found, portion.next(), size);
            });
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

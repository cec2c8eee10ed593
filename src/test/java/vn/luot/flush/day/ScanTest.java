package vn.luot.flush.day;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.luot.flush.day.Chunk.Scan;
import vn.luot.live.redis.RedisCommands;

@QuarkusTest
class ScanTest {
  private static final String KEY = "luot:scan-test";
  private static final int MANY = 1000;

  @Inject RedisCommands redis;

  private final List<Response> replies = new ArrayList<>();

  private Future<Response> send(Request request) {
    return redis.send(request).onSuccess(replies::add);
  }

  private void write(Command command, Object... args) {
    Request request = Request.cmd(command).arg(KEY);
    for (Object arg : args) {
      request.arg(arg.toString());
    }
    redis.send(request).toCompletionStage().toCompletableFuture().join();
  }

  private Chunk<Map<String, String>> chunk(Command command, String cursor, int size) {
    return new Scan(this::send, command, KEY).chunk(cursor, size).await().indefinitely();
  }

  @AfterEach
  void delete() {
    write(Command.DEL);
  }

  @Test
  void aChunkIsFoundByManyShortCalls() {
    write(Command.SADD, IntStream.range(0, MANY).boxed().toArray());
    Chunk<Map<String, String>> first = chunk(Command.SSCAN, "0", MANY / 2);
    assertFalse(first.isLast());
    assertTrue(first.rows().size() >= MANY / 2, "found " + first.rows().size());
    assertTrue(first.rows().size() < MANY, "found all");
    Chunk<Map<String, String>> rest = chunk(Command.SSCAN, first.next(), 2 * MANY);
    assertTrue(rest.isLast());
    assertEquals(MANY, first.rows().size() + rest.rows().size());
    for (Response reply : replies) {
      assertTrue(reply.get(1).size() < 300, "one call found " + reply.get(1).size());
    }
  }

  @Test
  void whatAScanFindsTwiceIsInAChunkOnce() {
    write(Command.SADD, IntStream.range(0, MANY).boxed().toArray());
    // As after Redis made its table smaller: the second call finds what the first one found.
    Scan scan =
        new Scan(request -> replies.size() == 1 ? begin() : send(request), Command.SSCAN, KEY);
    Chunk<Map<String, String>> all = scan.chunk("0", 2 * MANY).await().indefinitely();
    assertTrue(all.isLast());
    assertEquals(MANY, all.rows().size());
    assertEquals(replies.get(0).get(1).toString(), replies.get(1).get(1).toString());
  }

  private Future<Response> begin() {
    return send(Request.cmd(Command.SSCAN).arg(KEY).arg("0").arg("COUNT").arg(Scan.AT_ONCE));
  }

  @Test
  void fieldsAreFoundWithTheirValues() {
    List<String> fields = new ArrayList<>();
    IntStream.range(0, MANY).forEach(i -> fields.addAll(List.of("page" + i, "name" + i)));
    write(Command.HSET, fields.toArray());
    Chunk<Map<String, String>> all = chunk(Command.HSCAN, "0", 2 * MANY);
    assertTrue(all.isLast());
    assertEquals(MANY, all.rows().size());
    all.rows().forEach((page, name) -> assertEquals(page.replace("page", "name"), name));
  }

  @Test
  void ofNothingThereIsNothing() {
    Chunk<Map<String, String>> nothing = chunk(Command.SSCAN, "0", MANY);
    assertTrue(nothing.isLast());
    assertEquals(Map.of(), nothing.rows());
  }
}

package vn.luot.live.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.luot.live.redis.RedisCommands;

/** What is written is what a script on a real Redis reads. */
@QuarkusTest
class MessagePackTest {
  @Inject RedisCommands redis;

  private Response read(String script, MessagePack written) {
    Request request = Request.cmd(Command.EVAL).arg(script).arg(0).arg(written.written());
    return redis.send(request).toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        -1,
        0,
        1,
        127,
        128,
        255,
        256,
        65_535,
        65_536,
        4_294_967_295L,
        4_294_967_296L,
        1L << 53
      })
  void writesANumber(long number) {
    MessagePack written = new MessagePack().number(number);
    assertEquals(number, read("return cmsgpack.unpack(ARGV[1])", written).toLong());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 255, 256, 65_535, 65_536})
  void writesAText(int length) {
    String text = "ả".repeat(length / 3) + "a".repeat(length % 3);
    MessagePack written = new MessagePack().text(text);
    assertEquals(text, read("return cmsgpack.unpack(ARGV[1])", written).toString());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 0x0a0d_2a24_0080_ff00L, Long.MIN_VALUE})
  void writesAHashAsItsBytes(long hash) {
    MessagePack written = new MessagePack().hash(hash);
    Response read = read("return cmsgpack.unpack(ARGV[1])", written);
    assertArrayEquals(Buffer.buffer().appendLong(hash).getBytes(), read.toBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 255, 65_535, 65_536})
  void writesAList(int size) {
    MessagePack written = new MessagePack().list(2).list(size);
    for (int i = 1; i <= size; i++) {
      written.number(i);
    }
    written.text("after");
    String script = "local l = cmsgpack.unpack(ARGV[1]) return {#l[1], l[1][#l[1]] or 0, l[2]}";
    Response read = read(script, written);
    assertEquals(size, read.get(0).toInteger());
    assertEquals(size, read.get(1).toInteger());
    assertEquals("after", read.get(2).toString());
  }

  @Test
  void refusesANegativeNumber() {
    assertThrows(IllegalArgumentException.class, () -> new MessagePack().number(-2));
  }
}

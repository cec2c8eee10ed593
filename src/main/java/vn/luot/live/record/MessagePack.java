package vn.luot.live.record;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes what {@code cmsgpack.unpack} of a script reads, in the format of msgpack.org: numbers from
 * -1 on, texts and lists. Lua has them exact up to 2^53; greater ones are sent as texts.
 */
final class MessagePack {
  private byte[] bytes = new byte[1024];
  private int length;

  /** As many values as this must follow. */
  MessagePack list(int size) {
    if (size < 16) {
      return add(0x90 | size, 0, 0);
    }
    return size < 1 << 16 ? add(0xdc, size, 2) : add(0xdd, size, 4);
  }

  MessagePack number(long number) {
    if (number == -1) {
      return add(0xff, 0, 0);
    }
    if (number < 0) {
      throw new IllegalArgumentException("negative: " + number);
    }
    if (number < 1 << 7) {
      return add((int) number, 0, 0);
    }
    if (number < 1 << 16) {
      return add(0xcd, number, 2);
    }
    return number < 1L << 32 ? add(0xce, number, 4) : add(0xcf, number, 8);
  }

  MessagePack text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int size = utf8.length;
    if (size < 32) {
      add(0xa0 | size, 0, 0);
    } else if (size < 1 << 16) {
      add(0xda, size, 2);
    } else {
      add(0xdb, size, 4);
    }
    makeRoom(size);
    System.arraycopy(utf8, 0, bytes, length, size);
    length += size;
    return this;
  }

  /** The eight bytes of a hash, which a script only compares: a text to it. */
  MessagePack hash(long hash) {
    return add(0xa0 | Long.BYTES, hash, Long.BYTES);
  }

  Buffer written() {
    return Buffer.buffer(Arrays.copyOf(bytes, length));
  }

  /** A first byte, and a number after it, its highest byte first. */
  private MessagePack add(int first, long number, int size) {
    makeRoom(1 + size);
    bytes[length++] = (byte) first;
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (number >>> shift);
    }
    return this;
  }

  private void makeRoom(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}

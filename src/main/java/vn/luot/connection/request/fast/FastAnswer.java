package vn.luot.connection.request.fast;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import vn.luot.refusal.Language;
import vn.luot.refusal.Problem;
import vn.luot.refusal.Refusal;

/** Writes the answers of the fast path, with the headers that the server would give them. */
final class FastAnswer {
  private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\n");
  private static final byte[] COMMON = ascii("vary: Origin\r\nX-Content-Type-Options: nosniff\r\n");
  private static final byte[] JSON = ascii("content-type: application/json;charset=UTF-8\r\n");
  private static final byte[] ALLOWED =
      ascii("access-control-expose-headers: Retry-After, ETag\r\naccess-control-allow-origin: ");
  private static final byte[] LENGTH = ascii("content-length: ");
  private static final byte[] END_OF_LINE = ascii("\r\n");
  private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");

  private FastAnswer() {}

  /** {@code origin} is one of the site's, or null. */
  static ByteBuf ok(byte[] json, String origin, ByteBufAllocator memory) {
    ByteBuf written = memory.ioBuffer(512 + json.length).writeBytes(OK).writeBytes(COMMON);
    return end(written.writeBytes(JSON), json, origin);
  }

  static ByteBuf refused(
      Refusal refusal, Language language, String origin, ByteBufAllocator memory) {
    byte[] json = Problem.of(refusal, language).json();
    String head =
        "HTTP/1.1 %s\r\ncontent-type: %s\r\ncache-control: no-store\r\n"
            .formatted(HttpResponseStatus.valueOf(refusal.reason().status()), Problem.MEDIA_TYPE);
    ByteBuf written = memory.ioBuffer(512 + json.length).writeBytes(ascii(head)).writeBytes(COMMON);
    if (refusal.retryAfter() != null) {
      written.writeBytes(ascii("retry-after: " + refusal.retryAfter().toSeconds() + "\r\n"));
    }
    return end(written, json, origin);
  }

  private static ByteBuf end(ByteBuf written, byte[] json, String origin) {
    if (origin != null) {
      written.writeBytes(ALLOWED).writeCharSequence(origin, US_ASCII);
      written.writeBytes(END_OF_LINE);
    }
    written.writeBytes(LENGTH).writeCharSequence(Integer.toString(json.length), US_ASCII);
    return written.writeBytes(END_OF_HEAD).writeBytes(json);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}

package vn.luot.widget;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** A script as it is sent, compressed once at start instead of for every visitor. */
public record Asset(Buffer plain, Buffer gzip, String integrity) {
  private static final int DIGEST_CHARS = 16;

  public static Asset of(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    // The form of the integrity attribute: https://www.w3.org/TR/SRI/
    var integrity = "sha256-" + Base64.getEncoder().encodeToString(sha256(bytes));
    return new Asset(Buffer.buffer(bytes), Buffer.buffer(compress(bytes)), integrity);
  }

  /** 96 bits that name this content. */
  public String digest() {
    return integrity.substring("sha256-".length(), "sha256-".length() + DIGEST_CHARS);
  }

  /** Two encodings are two representations, so each has its own tag (RFC 9110, 8.8.3.3). */
  String etag(boolean compressed) {
    return '"' + digest() + (compressed ? "-gzip" : "") + '"';
  }

  private static byte[] compress(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new BestGzip(out)) {
      gzip.write(bytes);
    } catch (IOException impossibleInMemory) {
      throw new UncheckedIOException(impossibleInMemory);
    }
    return out.toByteArray();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** The JDK's default level leaves some 3 % on the table. */
  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(9);
    }
  }
}

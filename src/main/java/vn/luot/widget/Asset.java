package vn.luot.widget;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A script as it is sent, compressed once at start instead of for every visitor. */
record Asset(Buffer plain, Buffer gzip, String digest, String integrity) {

  static Asset of(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var hex = HexFormat.of().formatHex(hash("SHA-256", bytes), 0, 8);
    // The form of the integrity attribute: https://www.w3.org/TR/SRI/
    var integrity = "sha384-" + Base64.getEncoder().encodeToString(hash("SHA-384", bytes));
    return new Asset(Buffer.buffer(bytes), Buffer.buffer(compress(bytes)), hex, integrity);
  }

  /** Two encodings are two representations, so each has its own tag (RFC 9110, 8.8.3.3). */
  String etag(boolean compressed) {
    return '"' + digest + (compressed ? "-gzip" : "") + '"';
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

  private static byte[] hash(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
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

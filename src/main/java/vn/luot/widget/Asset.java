package vn.luot.widget;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import vn.luot.connection.Gzip;
import vn.luot.site.page.Sha256;

/** A script or page as it is sent, compressed once at start instead of for every visitor. */
record Asset(String type, Buffer plain, Buffer gzip, String integrity) {
  private static final int DIGEST_CHARS = 16;

  /** An hour, so that a fix reaches every page the same morning; then a stale copy bridges. */
  private static final String HOURS = "public, max-age=3600, stale-while-revalidate=86400";

  private static final String FOREVER = "public, max-age=31536000, immutable";

  static Asset script(String text) {
    return of("application/javascript; charset=utf-8", text);
  }

  static Asset page(String text) {
    return of("text/html; charset=utf-8", text);
  }

  private static Asset of(String type, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    // The form of the integrity attribute: https://www.w3.org/TR/SRI/
    var sha256 = Base64.getEncoder().encodeToString(Sha256.digest().digest(bytes));
    return new Asset(
        type, Buffer.buffer(bytes), Buffer.buffer(compressed(bytes)), "sha256-" + sha256);
  }

  /** 96 bits that name this content. */
  String digest() {
    return integrity.substring("sha256-".length(), "sha256-".length() + DIGEST_CHARS);
  }

  /** {@code version}: in an address that has it, the asset never changes. */
  void send(RoutingContext context, String version) {
    var request = context.request();
    var compressed = Gzip.isIn(request.getHeader("Accept-Encoding"));
    var pinned = ("v=" + version).equals(request.query());
    var response = context.response();
    response
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", pinned ? FOREVER : HOURS)
        // Two encodings are two representations, so each has its own tag (RFC 9110, 8.8.3.3).
        .putHeader("ETag", '"' + digest() + (compressed ? "-gzip" : "") + '"')
        .putHeader("Vary", "Accept-Encoding")
        // A public file: readable from everywhere, which subresource integrity requires.
        .putHeader("Access-Control-Allow-Origin", "*")
        .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
        .putHeader("X-Content-Type-Options", "nosniff");
    var known = request.getHeader("If-None-Match");
    if (known != null && known.contains(digest())) {
      response.setStatusCode(304).end();
      return;
    }
    if (compressed) {
      response.putHeader("Content-Encoding", "gzip");
    }
    response.end(compressed ? gzip : plain);
  }

  private static byte[] compressed(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new BestGzip(out)) {
      gzip.write(bytes);
    } catch (IOException impossibleInMemory) {
      throw new UncheckedIOException(impossibleInMemory);
    }
    return out.toByteArray();
  }

  /** The JDK's default level leaves some 3 % on the table. */
  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(9);
    }
  }
}

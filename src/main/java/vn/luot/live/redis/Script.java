package vn.luot.live.redis;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * A Lua script below {@code lua/}, called by its digest and sent whole only where it is missing.
 */
public final class Script {
  /** One command on one key, also where Redis has no free memory: its name, then its arguments. */
  public static final Script THOUGH_FULL = named("though_full");

  private static final int CHUNK = 60;

  private final String source;
  private final String sha;

  private Script(String source) {
    this.source = source;
    this.sha = sha1(source);
  }

  /** {@code parts} are the names of files with functions it uses. */
  public static Script named(String name, String... parts) {
    StringBuilder source = new StringBuilder();
    for (String part : parts) {
      source.append(read(part));
    }
    return new Script(source.append(read(name)).toString());
  }

  private static String read(String name) {
    try (InputStream in = Script.class.getResourceAsStream("/lua/" + name + ".lua")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the script " + name + " cannot be read", e);
    }
  }

  /** By which Redis knows it. */
  public String sha() {
    return sha;
  }

  /**
   * @param send where to: a connection or a client
   * @param keys Strings
   * @param args Strings, Longs, Integers or Buffers
   */
  public Future<Response> call(
      Function<Request, Future<Response>> send, List<String> keys, List<Object> args) {
    return send.apply(request(Command.EVALSHA, sha, keys, args))
        .recover(
            failure ->
                isMissing(failure)
                    ? send.apply(request(Command.EVAL, source, keys, args))
                    : Future.failedFuture(failure));
  }

  private static Request request(
      Command command, String script, List<String> keys, List<Object> args) {
    Request request = Request.cmd(command).arg(script).arg(keys.size());
    for (String key : keys) {
      request.arg(key);
    }
    for (Object arg : args) {
      if (arg instanceof Buffer bytes) {
        request.arg(bytes);
      } else {
        request.arg(arg.toString());
      }
    }
    return request;
  }

  private static boolean isMissing(Throwable failure) {
    return String.valueOf(failure.getMessage()).startsWith("NOSCRIPT");
  }

  private static String sha1(String source) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /**
   * Cuts what a script has to do for a flush into chunks, to be called one after the other: Redis
   * does nothing else meanwhile. Beside a flush half of 2,000 hits a second were answered within 4
   * milliseconds with chunks of 250, and within 2 with these, on two cores shared by all. Scripts
   * count on a chunk being short enough for Lua's stack.
   */
  public static <T> List<List<T>> chunks(List<T> all) {
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += CHUNK) {
      chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
    }
    return chunks;
  }
}

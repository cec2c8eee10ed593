package vn.luot.live.redis;

import io.vertx.redis.client.Response;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an error means that Redis answers with. Each kind says what became of the call and what is
 * to be done about the connection.
 */
public enum ErrorAnswer {
  /** Not executed: this connection leads to a Redis that takes no writes of ours; make another. */
  MISDIRECTED("READONLY", "MASTERDOWN", "NOAUTH", "WRONGPASS"),

  /**
   * Not executed: this Redis is the right one and cannot do it at the moment. A script on a Redis
   * that refuses writes fails at its first one, so nothing is written; ANOTHERS and NOHISTORY are a
   * script's own; once it has written, Redis lets it finish. Source: Redis 7.0, script.c,
   * scriptVerifyWriteCommandAllow and scriptVerifyOOM.
   */
  NOT_NOW(
      "ANOTHERS",
      "NOHISTORY",
      "NOPERM",
      "LOADING",
      "CLUSTERDOWN",
      "TRYAGAIN",
      "MISCONF",
      "NOREPLICAS",
      "OOM",
      "BUSY"),

  /** Executed in part at most. What a script wrote before it failed stays written. */
  FAILED;

  /** By the first word of the answer. */
  private final Set<String> words;

  ErrorAnswer(String... words) {
    this.words = Set.of(words);
  }

  /**
   * How Redis says NOAUTH to what is large, before it closes the connection. Source: Redis 7.0,
   * networking.c, processMultibulkBuffer.
   */
  private static final String UNAUTHENTICATED = "ERR Protocol error: unauthenticated";

  /**
   * How the client fails what was sent on a connection that is gone: no answer, though it looks so.
   */
  private static final String CLOSED = "CONNECTION_CLOSED";

  /** Null where the failure is no answer of Redis, so that nobody knows what became of the call. */
  public static @Nullable ErrorAnswer of(Throwable failure) {
    if (!(failure instanceof Response) || CLOSED.equals(failure.getMessage())) {
      return null;
    }
    String said = String.valueOf(failure.getMessage());
    if (said.startsWith(UNAUTHENTICATED)) {
      return MISDIRECTED;
    }
    String word = said.split(" ", 2)[0];
    return Stream.of(values()).filter(kind -> kind.words.contains(word)).findFirst().orElse(FAILED);
  }
}

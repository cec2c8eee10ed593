package vn.luot.live.redis;

import io.vertx.redis.client.Response;
import java.util.Map;

/**
 * What an error means that Redis answers with. Each kind says what became of the call and what is
 * to be done about the connection.
 */
public enum ErrorAnswer {
  /** Not executed: this connection leads to a Redis that takes no writes of ours; make another. */
  MISDIRECTED,

  /** Not executed: this Redis is the right one and cannot do it at the moment. */
  NOT_NOW,

  /** Executed in part at most. What a script wrote before it failed stays written. */
  FAILED;

  /**
   * By the first word of the answer. A script on a Redis that refuses writes fails at its first
   * one, so nothing is written; ANOTHERS and NOHISTORY are a script's own; once it has written,
   * Redis lets it finish. Source: Redis 7.0, script.c, scriptVerifyWriteCommandAllow and
   * scriptVerifyOOM.
   */
  private static final Map<String, ErrorAnswer> BY_WORD =
      Map.ofEntries(
          Map.entry("READONLY", MISDIRECTED),
          Map.entry("MASTERDOWN", MISDIRECTED),
          Map.entry("NOAUTH", MISDIRECTED),
          Map.entry("WRONGPASS", MISDIRECTED),
          Map.entry("ANOTHERS", NOT_NOW),
          Map.entry("NOHISTORY", NOT_NOW),
          Map.entry("NOPERM", NOT_NOW),
          Map.entry("LOADING", NOT_NOW),
          Map.entry("CLUSTERDOWN", NOT_NOW),
          Map.entry("TRYAGAIN", NOT_NOW),
          Map.entry("MISCONF", NOT_NOW),
          Map.entry("NOREPLICAS", NOT_NOW),
          Map.entry("OOM", NOT_NOW),
          Map.entry("BUSY", NOT_NOW));

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
  public static ErrorAnswer of(Throwable failure) {
    if (!(failure instanceof Response) || CLOSED.equals(failure.getMessage())) {
      return null;
    }
    String said = String.valueOf(failure.getMessage());
    if (said.startsWith(UNAUTHENTICATED)) {
      return MISDIRECTED;
    }
    String word = said.split(" ", 2)[0];
    return BY_WORD.getOrDefault(word, FAILED);
  }
}

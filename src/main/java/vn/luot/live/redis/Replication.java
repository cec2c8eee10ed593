package vn.luot.live.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import vn.luot.connection.Internals;

/**
 * Where {@code luot.durability=replicated}, lets no answer of Redis pass before a replica has all
 * that Redis had when it answered.
 *
 * <p>{@code WAIT} speaks of the connection it comes on and of what Redis had written when the
 * command before it on that connection ended, so both go together on one connection: asked on
 * another one, it might be answered by another Redis. From Redis 7.2 on only a command that writes
 * is waited for; so a script that finds its work done by an earlier call still writes something.
 */
@Singleton
public class Replication {
  /** What must have happened in Redis before a hit or a vote is answered as stored. */
  public enum Durability {
    /** Redis executed it: a machine that is lost takes its last seconds along. */
    LOCAL,
    /** A replica has it too. */
    REPLICATED,
    /** It is on disk: what Redis itself does with {@code appendfsync always}. */
    FSYNC
  }

  /** Executed by Redis, and not known to be on a replica: not to be answered as stored. */
  static final class NotReplicated extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotReplicated(long limitMillis) {
      super("no replica had it within " + limitMillis + " ms", null, false, false);
    }
  }

  /** How a Redis Cluster says that it has not executed what it was sent, and where to. */
  private static final Set<String> ELSEWHERE = Set.of("MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN");

  /** Before it is asked again; a slot takes some of these to be handed over. */
  private static final long AGAIN_MILLIS = 20;

  private static final String FAILED = "ERR [";
  private static final String FIRST_FAILED = "ERR [0] ";

  private final Vertx vertx;
  private final boolean wanted;
  private final long limitMillis;

  Replication(
      Vertx vertx,
      LiveConfig config,
      @ConfigProperty(name = "luot.durability", defaultValue = "local") Durability durability) {
    this.vertx = vertx;
    this.wanted = durability == Durability.REPLICATED;
    // Below what a hit waits for, so that it is known which of the two is late.
    this.limitMillis = Math.max(1, config.answerWithin().toMillis() * 4 / 5);
  }

  /** Whether answers have to be waited for at all. */
  boolean isWanted() {
    return wanted;
  }

  /** The answer to the request, once a replica has what it speaks of. */
  Future<Response> send(
      Function<List<Request>, Future<List<Response>>> connection, Request request) {
    Request wait = Request.cmd(Command.WAIT).arg(1).arg(limitMillis);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
    return send(connection, List.of(request, wait), until);
  }

  private Future<Response> send(
      Function<List<Request>, Future<List<Response>>> connection, List<Request> both, long until) {
    return connection
        .apply(both)
        .compose(
            this::replicated,
            failure -> {
              Throwable ofOne = ofOne(failure);
              return isElsewhere(ofOne) && System.nanoTime() < until
                  ? sendLater(connection, both, until)
                  : Future.failedFuture(ofOne);
            });
  }

  /**
   * The client follows a slot that moves with one command, and not with two that belong together.
   * These were not executed, and its map of the slots is soon a new one.
   */
  private Future<Response> sendLater(
      Function<List<Request>, Future<List<Response>>> connection, List<Request> both, long until) {
    Promise<Response> answer = Promise.promise();
    vertx.setTimer(AGAIN_MILLIS, timer -> send(connection, both, until).onComplete(answer));
    return answer.future();
  }

  private static boolean isElsewhere(Throwable failure) {
    return failure instanceof Response
        && ELSEWHERE.contains(String.valueOf(failure.getMessage()).split(" ", 2)[0]);
  }

  /** The client names all failures of a batch in one, as {@code ERR [index] message} by line. */
  private Throwable ofOne(Throwable failure) {
    String all = String.valueOf(failure.getMessage());
    if (!(failure instanceof Response) || !all.startsWith(FAILED)) {
      return failure;
    }
    // Where only the second one failed, the first was executed.
    return all.startsWith(FIRST_FAILED)
        ? Internals.redisError(
            all.lines().findFirst().orElseThrow().substring(FIRST_FAILED.length()))
        : new NotReplicated(limitMillis);
  }

  private Future<Response> replicated(List<Response> answers) {
    Response answer = answers.get(0);
    return answers.get(1).toInteger() > 0
        ? Future.succeededFuture(answer)
        : Future.failedFuture(new NotReplicated(limitMillis));
  }
}

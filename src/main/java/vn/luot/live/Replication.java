package vn.luot.live;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where {@code luot.durability=replicated}, lets no answer of Redis pass before a replica has all
 * that Redis had when it answered.
 *
 * <p>{@code WAIT} speaks of the connection it comes on and of what Redis had written when the
 * command before it on that connection ended, so both go together on one connection: asked on
 * another one, it might be answered by another Redis.
 */
@ApplicationScoped
public class Replication {
  /** Executed by Redis, and not known to be on a replica: not to be answered as stored. */
  static final class NotReplicated extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotReplicated(long limitMillis) {
      super("no replica had it within " + limitMillis + " ms", null, false, false);
    }
  }

  private static final String FAILED = "ERR [";
  private static final String FIRST_FAILED = "ERR [0] ";

  private final boolean wanted;
  private final long limitMillis;

  Replication(
      LiveConfig config,
      @ConfigProperty(name = "luot.durability", defaultValue = "local") Durability durability) {
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
    return connection
        .apply(List.of(request, wait))
        .recover(failure -> Future.failedFuture(ofOne(failure)))
        .compose(this::replicated);
  }

  /** The client names all failures of a batch in one, as {@code ERR [index] message} by line. */
  private Throwable ofOne(Throwable failure) {
    String all = String.valueOf(failure.getMessage());
    if (!(failure instanceof Response) || !all.startsWith(FAILED)) {
      return failure;
    }
    // Where only the second one failed, the first was executed.
    return all.startsWith(FIRST_FAILED)
        ? ErrorType.create(all.lines().findFirst().orElseThrow().substring(FIRST_FAILED.length()))
        : new NotReplicated(limitMillis);
  }

  private Future<Response> replicated(List<Response> answers) {
    Response answer = answers.get(0);
    return answers.get(1).toInteger() > 0
        ? Future.succeededFuture(answer)
        : Future.failedFuture(new NotReplicated(limitMillis));
  }
}

package vn.luot.naive;

import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.eclipse.microprofile.openapi.annotations.Operation;
import vn.luot.naive.NaiveResource.Counted;
import vn.luot.naive.NaiveResource.Seen;

/** The same seven commands in one script call for each hit. For the benchmark only. */
@Path("/script")
public class ScriptResource {
  private static final String SCRIPT =
      """
      local visitor, now, page = ARGV[1], tonumber(ARGV[2]), ARGV[3]
      redis.call('ZADD', KEYS[1], now, visitor)
      redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 300)
      redis.call('PFADD', KEYS[2], visitor)
      return {redis.call('ZCARD', KEYS[1]), redis.call('INCR', KEYS[3]),
        redis.call('INCR', KEYS[4]), redis.call('HINCRBY', KEYS[5], page, 1)}
      """;

  private final Redis redis;
  private final Uni<String> sha;

  ScriptResource(Redis redis) {
    this.redis = redis;
    this.sha =
        send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(SCRIPT))
            .map(Response::toString)
            .memoize()
            .indefinitely();
  }

  @POST
  @Uncompressed
  @NonBlocking
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Uni<Counted> hit(Seen seen, HttpServerRequest request) {
    return sha.flatMap(digest -> send(call(digest, seen, request)))
        .map(
            n ->
                new Counted(
                    n.get(0).toLong(), n.get(2).toLong(), n.get(1).toLong(), n.get(3).toLong()));
  }

  private static Request call(String digest, Seen seen, HttpServerRequest request) {
    return Request.cmd(Command.EVALSHA)
        .arg(digest)
        .arg("5")
        .arg("online")
        .arg("visitors")
        .arg("views")
        .arg("views:" + LocalDate.now(ZoneOffset.UTC))
        .arg("pages")
        .arg(request.getHeader("X-Forwarded-For"))
        .arg(Long.toString(System.currentTimeMillis() / 1000))
        .arg(seen.page());
  }

  private Uni<Response> send(Request request) {
    return Uni.createFrom().completionStage(() -> redis.send(request).toCompletionStage());
  }
}

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

/** A hit as it is often counted: one Redis command after the other. For the benchmark only. */
@Path("/naive")
public class NaiveResource {
  private static final int WINDOW_SECONDS = 300;

  private final Redis redis;

  NaiveResource(Redis redis) {
    this.redis = redis;
  }

  /** What a page sends. */
  public record Seen(String page) {}

  /** What it is told. */
  public record Counted(long online, long today, long total, long page) {}

  @POST
  @Uncompressed
  @NonBlocking
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Uni<Counted> hit(Seen seen, HttpServerRequest request) {
    String visitor = request.getHeader("X-Forwarded-For");
    long now = System.currentTimeMillis() / 1000;
    String before = Long.toString(now - WINDOW_SECONDS);
    return send(Request.cmd(Command.ZADD).arg("online").arg(Long.toString(now)).arg(visitor))
        .flatMap(
            done ->
                send(Request.cmd(Command.ZREMRANGEBYSCORE).arg("online").arg("-inf").arg(before)))
        .flatMap(done -> send(Request.cmd(Command.PFADD).arg("visitors").arg(visitor)))
        .flatMap(done -> send(Request.cmd(Command.ZCARD).arg("online")))
        .flatMap(online -> count(seen.page, online.toLong()));
  }

  private Uni<Counted> count(String page, long online) {
    String day = LocalDate.now(ZoneOffset.UTC).toString();
    return send(Request.cmd(Command.INCR).arg("views"))
        .flatMap(
            total ->
                send(Request.cmd(Command.INCR).arg("views:" + day))
                    .flatMap(
                        today ->
                            send(Request.cmd(Command.HINCRBY).arg("pages").arg(page).arg("1"))
                                .map(
                                    views ->
                                        new Counted(
                                            online,
                                            today.toLong(),
                                            total.toLong(),
                                            views.toLong()))));
  }

  private Uni<Response> send(Request request) {
    return Uni.createFrom().completionStage(() -> redis.send(request).toCompletionStage());
  }
}

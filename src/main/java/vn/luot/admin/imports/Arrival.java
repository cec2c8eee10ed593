package vn.luot.admin.imports;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import vn.luot.connection.BodyConfig;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Takes a file in, after its sender was let in: nobody else can make a pod keep one. */
@ApplicationScoped
class Arrival {
  private final ImportsConfig config;
  private final BodyConfig bodies;

  Arrival(ImportsConfig config, BodyConfig bodies) {
    this.config = config;
    this.bodies = bodies;
  }

  /** The request is paused until now. */
  Uni<Body> of(HttpServerRequest request) {
    long most = bodies.imports().asLongValue();
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      // What unpacks to more than it weighs could not be bounded.
      throw Refusal.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Send the file unpacked.");
    }
    CompletableFuture<Body> arrived = new CompletableFuture<>();
    Body body = new Body();
    request.handler(
        piece -> {
          if (body.size() + piece.length() <= most) {
            body.add(piece.getBytes());
          } else if (arrived.completeExceptionally(tooLarge(most))) {
            request.pause();
          }
        });
    request.exceptionHandler(arrived::completeExceptionally);
    request.endHandler(
        end -> {
          body.close();
          arrived.complete(body);
        });
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    request.resume();
    return Uni.createFrom()
        .completionStage(arrived)
        .ifNoItem()
        .after(config.arriveWithin())
        .failWith(() -> Refusal.of(Reason.MALFORMED, "The file took too long to arrive."));
  }

  private static Refusal tooLarge(long most) {
    return Refusal.of(Reason.TOO_LARGE, "Send at most %d bytes; split the file.".formatted(most));
  }
}

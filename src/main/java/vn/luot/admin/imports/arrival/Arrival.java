package vn.luot.admin.imports.arrival;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import vn.luot.connection.BodyLimits;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Takes a file in, after its sender was let in: nobody else can make a pod keep one. */
@Singleton
public record Arrival(ImportsConfig config, BodyLimits.Config bodies) {
  /** The request is paused until now. */
  public Uni<Body> of(HttpServerRequest request, Places.Place place) {
    long most = bodies.imports().asLongValue();
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      // What unpacks to more than it weighs could not be bounded.
      throw Refusal.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Send the file unpacked.");
    }
    request.handler(
        piece -> {
          if (place.arrived.isDone()) {
            return;
          }
          if (place.size() + piece.length() <= most) {
            place.add(piece.getBytes());
          } else if (place.arrived.completeExceptionally(tooLarge(most))) {
            request.pause();
          }
        });
    request.exceptionHandler(place.arrived::completeExceptionally);
    request.endHandler(end -> place.end());
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    request.resume();
    return Uni.createFrom()
        .completionStage(place.arrived)
        .ifNoItem()
        .after(config.arriveWithin())
        .failWith(() -> Refusal.of(Reason.MALFORMED, "The file took too long to arrive."));
  }

  private static Refusal tooLarge(long most) {
    return Refusal.of(Reason.TOO_LARGE, "Send at most %d bytes; split the file.".formatted(most));
  }
}

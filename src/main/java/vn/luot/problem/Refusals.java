package vn.luot.problem;

import io.quarkus.logging.Log;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.WebApplicationException;
import java.util.concurrent.CompletionException;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Names the reason for whatever went wrong, so that every failure is answered alike. */
final class Refusals {
  private Refusals() {}

  static Refusal of(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal;
    }
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    if (failure instanceof WebApplicationException refused) {
      return ofStatus(refused.getResponse().getStatus());
    }
    if (failure instanceof HttpClosedException) {
      // No error of ours, and nobody there to be told: only the count of refusals says so.
      return Refusal.of(Reason.MALFORMED, "The connection was closed before the request ended.");
    }
    Log.error("A request failed inside Luot", failure);
    return Refusal.of(Reason.INTERNAL, "This is an error of Luot, not of the request.");
  }

  /** A refusal by the framework, of which only the status is known. */
  static Refusal ofStatus(int status) {
    return switch (status) {
      case 404 -> Refusal.of(Reason.NOT_FOUND, "No call has this path; see /q/openapi.");
      case 405 -> Refusal.of(Reason.METHOD_NOT_ALLOWED, "Use a method that /q/openapi lists.");
      case 406 -> Refusal.of(Reason.NOT_ACCEPTABLE, "Accept the media type /q/openapi lists.");
      case 413 -> Refusal.of(Reason.TOO_LARGE, "Send a smaller body.");
      case 415 -> Refusal.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Send text/plain or application/json.");
      default ->
          status < 500
              ? Refusal.of(Reason.MALFORMED, "See /q/openapi for what this call takes.")
              : Refusal.of(Reason.INTERNAL, "This is an error of Luot, not of the request.");
    };
  }
}

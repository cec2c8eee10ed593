package vn.luot.refusal;

import io.quarkus.logging.Log;
import io.vertx.core.http.HttpClosedException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.DatabaseException;
import jakarta.ws.rs.WebApplicationException;
import java.net.ConnectException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** Names the reason for whatever went wrong, so that every failure is answered alike. */
public final class Refusals {
  /**
   * Classes of SQLSTATE: of the connection, of resources, of whoever runs the server. Source:
   * PostgreSQL's documentation, appendix A.
   */
  private static final Set<String> OF_POSTGRES = Set.of("08", "53", "57");

  /** SQLSTATE of a write that a standby was asked for, or a PostgreSQL set to read only. */
  private static final String READ_ONLY = "25006";

  private Refusals() {}

  public static Refusal of(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal;
    }
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    if (failure instanceof WebApplicationException refused) {
      return ofStatus(refused.getResponse().getStatus());
    }
    if (failure instanceof HttpClosedException || failure instanceof CancellationException) {
      // No error of ours, and nobody there to be told: only the count of refusals says so.
      return Refusal.of(Reason.MALFORMED, "The connection was closed before the request ended.");
    }
    if (isOfPostgres(failure)) {
      Log.warnf("A request failed without PostgreSQL: %s", failure);
      return Refusal.forNow(
          Reason.NOT_READABLE, "PostgreSQL does not answer or takes no writes; try again.");
    }
    Log.error("A request failed inside Luot", failure);
    return Refusal.of(Reason.INTERNAL, "This is an error of Luot, not of the request.");
  }

  /** Whether it cannot be reached, shuts down, has no room or took too long. */
  private static boolean isOfPostgres(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof ClosedConnectionException) {
        return true;
      }
      if (cause instanceof DatabaseException refused && refused.getSqlState() != null) {
        return refused.getSqlState().equals(READ_ONLY)
            || OF_POSTGRES.contains(refused.getSqlState().substring(0, 2));
      }
    }
    return false;
  }

  /** A refusal by the framework, of which only the status is known. */
  public static Refusal ofStatus(int status) {
    return switch (status) {
      case 404 -> Refusal.of(Reason.NOT_FOUND, "No call has this path; see /q/openapi.");
      case 405 -> Refusal.of(Reason.METHOD_NOT_ALLOWED, "Use a method that /q/openapi lists.");
      case 406 -> Refusal.of(Reason.NOT_ACCEPTABLE, "Accept the media type /q/openapi lists.");
      case 413 -> Refusal.of(Reason.TOO_LARGE, "Send a smaller body.");
      case 415 -> Refusal.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
      default ->
          status < 500
              ? Refusal.of(Reason.MALFORMED, "See /q/openapi for what this call takes.")
              : Refusal.of(Reason.INTERNAL, "This is an error of Luot, not of the request.");
    };
  }
}

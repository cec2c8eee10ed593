package vn.luot.problem;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.RefusalMetrics;
import vn.luot.refusal.Refusals;
import vn.luot.site.door.PublicCall;

/** Answers what is refused before JAX-RS sees it. */
@Singleton
record ProblemRoute(RefusalMetrics metrics) {
  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
  }

  private void answer(RoutingContext context) {
    HttpServerResponse response = context.response();
    String path = Objects.requireNonNullElse(context.request().path(), "");
    // What has no path, such as the preface of HTTP/2, would be logged as an error of ours.
    boolean ours =
        context.failure() instanceof Refusal
            || path.startsWith("/v1/")
            || path.startsWith("/admin/v1/")
            || !path.startsWith("/");
    if (!ours || response.ended() || response.headWritten()) {
      context.next();
      return;
    }
    Refusal refusal = refusal(context);
    metrics.count(PublicCall.label(context.request().method(), path), refusal);
    // What is left of a body nobody wants is thrown away, not kept in front of the next request.
    context.request().resume();
    ProblemText problem = ProblemText.of(refusal, path, context.request().headers());
    problem.headers().forEach(response::putHeader);
    response
        .setStatusCode(refusal.reason().status())
        .putHeader("Content-Type", problem.type())
        .end(Buffer.buffer(problem.text()));
  }

  /** A framework that says which mistake of the client it was has found no error. */
  private static Refusal refusal(RoutingContext context) {
    boolean named = context.statusCode() >= 400 && context.statusCode() < 500;
    return context.failure() == null || (named && !(context.failure() instanceof Refusal))
        ? Refusals.ofStatus(context.statusCode())
        : Refusals.of(context.failure());
  }
}

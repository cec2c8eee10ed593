package vn.luot.problem;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import vn.luot.refusal.DocumentedCalls;
import vn.luot.refusal.DocumentedCalls.Call;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.RefusalMetrics;
import vn.luot.refusal.Refusals;
import vn.luot.site.door.PublicCall;

/** Answers what JAX-RS resources, and JAX-RS itself, refuse. */
class ProblemMappers {
  private final RefusalMetrics metrics;
  private final DocumentedCalls calls;

  ProblemMappers(RefusalMetrics metrics, DocumentedCalls calls) {
    this.metrics = metrics;
    this.calls = calls;
  }

  @ServerExceptionMapper
  Response refusal(Refusal refusal, HttpServerRequest request) {
    return answer(refusal, request).build();
  }

  @ServerExceptionMapper
  Response framework(WebApplicationException refused, HttpServerRequest request) {
    if (refused.getResponse().getStatus() < 400) {
      return refused.getResponse();
    }
    Refusal refusal = Refusals.of(refused);
    Response.ResponseBuilder answer = answer(refusal, request);
    if (refusal.reason() == Reason.METHOD_NOT_ALLOWED) {
      answer.header(HttpHeaders.ALLOW, allowed(request.path()));
    }
    return answer.build();
  }

  @ServerExceptionMapper
  Response error(Throwable failure, HttpServerRequest request) {
    return answer(Refusals.of(failure), request).build();
  }

  private Response.ResponseBuilder answer(Refusal refusal, HttpServerRequest request) {
    metrics.count(PublicCall.label(request.method(), request.path()), refusal);
    ProblemText problem = ProblemText.of(refusal, request.path(), request.headers());
    Response.ResponseBuilder answer =
        Response.status(refusal.reason().status()).type(problem.type()).entity(problem.text());
    problem.headers().forEach(answer::header);
    return answer;
  }

  /** As the header Allow lists them: JAX-RS keeps the methods of a path to itself. */
  private String allowed(String path) {
    Set<String> methods =
        calls.at(path).stream().map(Call::method).collect(Collectors.toCollection(TreeSet::new));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }
}

package vn.luot.openapi;

import io.restassured.filter.Filter;
import io.restassured.response.Response;
import java.net.URI;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Fails a test that gets an answer which the OpenAPI document does not describe: another status,
 * another media type, another shape.
 */
public final class DocumentedAnswers {
  private DocumentedAnswers() {}

  /** A filter that knows the document of whatever application answers. */
  public static Filter filter() {
    return (request, expected, context) -> {
      Response response = context.next(request, expected);
      ApiContract contract = ApiContract.at(request.getBaseUri() + ":" + request.getPort());
      path(contract, URI.create(request.getURI()).getPath())
          .flatMap(
              path ->
                  contract.wrong(
                      request.getMethod(),
                      path,
                      response.statusCode(),
                      response.contentType(),
                      response.asString()))
          .ifPresent(
              wrong -> {
                throw new AssertionError(wrong);
              });
      return response;
    };
  }

  /** The one with fewest variables: pages/top is no page. */
  private static Optional<String> path(ApiContract contract, String called) {
    Iterable<String> paths = () -> contract.document().get("paths").fieldNames();
    return StreamSupport.stream(paths.spliterator(), false)
        .filter(path -> called.matches(path.replaceAll("\\{\\w+}", "[^/]+")))
        .min(Comparator.comparing(path -> path.split("\\{").length));
  }
}

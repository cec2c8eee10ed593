package vn.luot.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Fails a test that gets an answer which the OpenAPI document does not describe: another status,
 * another media type, another shape.
 */
public final class DocumentedAnswers implements Filter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, DocumentedAnswers> BY_ADDRESS = new ConcurrentHashMap<>();

  private final JsonNode document;
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();
  private final Map<Pattern, String> paths = new TreeMap<>((a, b) -> compare(a, b));

  private DocumentedAnswers(JsonNode document) {
    this.document = document;
    document
        .get("paths")
        .fieldNames()
        .forEachRemaining(
            path -> paths.put(Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+")), path));
  }

  /** The paths with fewest variables first: pages/top is no page. */
  private static int compare(Pattern a, Pattern b) {
    int variables = variables(a) - variables(b);
    return variables != 0 ? variables : a.pattern().compareTo(b.pattern());
  }

  private static int variables(Pattern path) {
    return path.pattern().split("\\[\\^/]\\+", -1).length;
  }

  /** A filter that knows the document of whatever application answers. */
  public static Filter filter() {
    return (request, expected, context) -> {
      URI uri = URI.create(request.getBaseUri() + ":" + request.getPort());
      return BY_ADDRESS
          .computeIfAbsent(uri.toString(), DocumentedAnswers::load)
          .filter(request, expected, context);
    };
  }

  private static DocumentedAnswers load(String address) {
    try {
      String document =
          io.restassured.RestAssured.given().get(address + "/q/openapi?format=json").asString();
      return new DocumentedAnswers(JSON.readTree(document));
    } catch (JsonProcessingException e) {
      throw new AssertionError("no OpenAPI document at " + address, e);
    }
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response response = context.next(request, expected);
    String path =
        URLDecoder.decode(URI.create(request.getURI()).getRawPath(), StandardCharsets.UTF_8);
    paths.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(path).matches())
        .findFirst()
        .ifPresent(entry -> check(entry.getValue(), request.getMethod(), response));
    return response;
  }

  private void check(String path, String method, Response response) {
    JsonNode call = document.get("paths").get(path).get(method.toLowerCase());
    String status = Integer.toString(response.statusCode());
    if (call == null || status.equals("304")) {
      return; // A method that the document does not list is answered 405.
    }
    String where = method + " " + path + " " + status;
    JsonNode answer = call.get("responses").get(status);
    if (answer == null) {
      throw new AssertionError(where + " is not documented: " + response.asString());
    }
    JsonNode content = answer.get("content");
    String body = response.asString();
    if (content == null || body.isEmpty()) {
      return;
    }
    String type = response.contentType().split(";")[0];
    if (!content.has(type)) {
      throw new AssertionError(where + " answers undocumented " + type);
    }
    if (type.endsWith("json")) {
      String pointer =
          "#/paths/%s/%s/responses/%s/content/%s/schema"
              .formatted(escape(path), method.toLowerCase(), status, escape(type));
      validate(where, pointer, body);
    }
  }

  private static String escape(String part) {
    return part.replace("~", "~0")
        .replace("/", "~1")
        .replace("{", "%7B")
        .replace("}", "%7D")
        .replace("+", "%2B");
  }

  private void validate(String where, String pointer, String body) {
    try {
      JsonSchema schema = compiled.computeIfAbsent(pointer, this::compile);
      Set<ValidationMessage> wrong = schema.validate(JSON.readTree(body));
      if (!wrong.isEmpty()) {
        throw new AssertionError(where + ": " + wrong + " in " + body);
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(where + " answers no JSON: " + body, e);
    }
  }

  private JsonSchema compile(String pointer) {
    var root = (com.fasterxml.jackson.databind.node.ObjectNode) document.deepCopy();
    root.put("$ref", pointer);
    return schemas.getSchema(root);
  }
}

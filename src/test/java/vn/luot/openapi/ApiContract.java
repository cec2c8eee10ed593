package vn.luot.openapi;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the OpenAPI document of a running application promises of its answers. */
final class ApiContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, ApiContract> BY_ADDRESS = new ConcurrentHashMap<>();

  private final JsonNode document;
  private final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

  private ApiContract(JsonNode document) {
    this.document = document;
  }

  static ApiContract at(String address) {
    return BY_ADDRESS.computeIfAbsent(address, ApiContract::load);
  }

  private static ApiContract load(String address) {
    try {
      return new ApiContract(
          JSON.readTree(given().get(address + "/q/openapi?format=json").asString()));
    } catch (JsonProcessingException e) {
      throw new AssertionError("no OpenAPI document at " + address, e);
    }
  }

  JsonNode document() {
    return document;
  }

  /** What is wrong with an answer; {@code path} is a path of the document. */
  Optional<String> wrong(String method, String path, int status, String contentType, String body) {
    JsonNode call = document.get("paths").get(path).get(method.toLowerCase(Locale.ROOT));
    if (call == null || status == 304) {
      return Optional.empty(); // A method that the document does not list is answered 405.
    }
    String where = method + " " + path + " " + status;
    JsonNode answer = call.get("responses").get(Integer.toString(status));
    if (answer == null) {
      return Optional.of(where + " is not documented: " + body);
    }
    JsonNode content = answer.get("content");
    if (content == null || body.isEmpty()) {
      return Optional.empty();
    }
    String type = contentType == null ? "" : contentType.split(";")[0];
    if (!content.has(type)) {
      return Optional.of(where + " answers undocumented " + type);
    }
    return type.endsWith("json")
        ? wrong(where, pointer(method, path, status, type), body)
        : Optional.empty();
  }

  private static String pointer(String method, String path, int status, String type) {
    return "#/paths/%s/%s/responses/%d/content/%s/schema"
        .formatted(escape(path), method.toLowerCase(Locale.ROOT), status, escape(type));
  }

  /** For a JSON pointer within a URI fragment. */
  private static String escape(String part) {
    return part.replace("~", "~0")
        .replace("/", "~1")
        .replace("{", "%7B")
        .replace("}", "%7D")
        .replace("+", "%2B");
  }

  private Optional<String> wrong(String where, String pointer, String body) {
    try {
      JsonSchema schema = compiled.computeIfAbsent(pointer, this::compile);
      Set<ValidationMessage> wrong = schema.validate(JSON.readTree(body));
      return wrong.isEmpty() ? Optional.empty() : Optional.of(where + ": " + wrong + " in " + body);
    } catch (JsonProcessingException e) {
      return Optional.of(where + " answers no JSON: " + body);
    }
  }

  private JsonSchema compile(String pointer) {
    // Its parts are shared: a copy of all of them for each answer took 300 MB.
    ObjectNode root = JSON.createObjectNode();
    root.setAll((ObjectNode) document);
    root.put("$ref", pointer);
    return schemas.getSchema(root);
  }
}

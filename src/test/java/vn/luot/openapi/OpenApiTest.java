package vn.luot.openapi;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Holds the OpenAPI document to what common linters ask for; whether answers are as it says is
 * checked by {@link DocumentedAnswers} in all tests.
 */
@Tag("packaged")
@QuarkusTest
class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  private final List<String> wrong = new ArrayList<>();

  private static JsonNode document() throws JsonProcessingException {
    return new ObjectMapper().readTree(given().get("/q/openapi?format=json").asString());
  }

  private void everyCall(BiConsumer<String, JsonNode> rule) throws JsonProcessingException {
    document()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(call -> METHODS.contains(call.getKey()))
                    .forEach(
                        call -> rule.accept(call.getKey() + " " + path.getKey(), call.getValue())));
    assertEquals(List.of(), wrong);
  }

  private void require(boolean right, String where, String what) {
    if (!right) {
      wrong.add(where + ": " + what);
    }
  }

  @Test
  void itIsOfVersion31AndRelativeToWhereItIsServed() throws JsonProcessingException {
    JsonNode document = document();
    assertTrue(document.get("openapi").asText().startsWith("3.1."));
    assertEquals("/", document.at("/servers/0/url").asText());
    assertEquals("http", document.at("/components/securitySchemes/key/type").asText());
  }

  @Test
  void itIsSentAsWhoAsksWantsIt() {
    String yaml = given().get("/q/openapi").then().statusCode(200).extract().asString();
    assertTrue(yaml.startsWith("---\nopenapi: 3.1"), yaml.substring(0, 20));
    assertEquals(yaml, given().accept("application/json").get("/q/openapi.yaml").asString());
    given().accept("application/json").get("/q/openapi").then().contentType("application/json");
    given().get("/q/openapi.json").then().contentType("application/json");
    given().head("/q/openapi").then().statusCode(200).contentType("application/yaml");
    given().post("/q/openapi").then().statusCode(405).header("Allow", "GET, HEAD");
  }

  @Test
  void everyCallHasANameASummaryAndATag() throws JsonProcessingException {
    Set<String> names = new HashSet<>();
    everyCall(
        (where, call) -> {
          require(call.hasNonNull("summary"), where, "no summary");
          require(names.add(call.path("operationId").asText("")), where, "no id of its own");
          require(call.path("operationId").asText().matches("[a-z][A-Za-z]+"), where, "id");
          require(Set.of("Public", "Admin").contains(call.at("/tags/0").asText()), where, "no tag");
        });
  }

  @Test
  void adminCallsTakeAKeyAndPublicOnesNone() throws JsonProcessingException {
    everyCall(
        (where, call) -> {
          boolean admin = where.contains(" /admin/");
          require(call.has("security"), where, "says nothing of keys");
          require(call.at("/security/0").has("key") == admin, where, "keys");
          require(call.at("/tags/0").asText().equals(admin ? "Admin" : "Public"), where, "tag");
        });
  }

  @Test
  void everyParameterIsDescribedAndEveryPathVariableAParameter() throws JsonProcessingException {
    everyCall(
        (where, call) -> {
          Set<String> inPath = new TreeSet<>();
          call.path("parameters")
              .forEach(
                  parameter -> {
                    String name = parameter.get("name").asText();
                    require(parameter.hasNonNull("description"), where, name + " undescribed");
                    require(parameter.hasNonNull("schema"), where, name + " without a schema");
                    if (parameter.get("in").asText().equals("path")) {
                      inPath.add(name);
                    }
                  });
          Set<String> variables = new TreeSet<>();
          Matcher matcher = Pattern.compile("\\{(\\w+)}").matcher(where);
          while (matcher.find()) {
            variables.add(matcher.group(1));
          }
          require(variables.equals(inPath), where, "parameters " + inPath);
        });
  }

  @Test
  void everyCallListsItsAnswersAndRefusals() throws JsonProcessingException {
    everyCall(
        (where, call) -> {
          Set<String> statuses = new TreeSet<>();
          call.get("responses").fieldNames().forEachRemaining(statuses::add);
          require(statuses.stream().anyMatch(s -> s.matches("[23]..")), where, "no success");
          require(statuses.containsAll(Set.of("400", "403", "422", "429", "503")), where, "errors");
          call.get("responses")
              .properties()
              .forEach(
                  answer -> {
                    require(answer.getValue().hasNonNull("description"), where, answer.getKey());
                    require(
                        answer.getKey().compareTo("400") < 0
                            || answer.getValue().at("/content").has("application/problem+json"),
                        where,
                        answer.getKey() + " is no problem");
                  });
        });
  }

  @Test
  void bodiesAreWhatIsTakenAndOwnersAreStrict() throws JsonProcessingException {
    JsonNode document = document();
    everyCall(
        (where, call) -> {
          JsonNode body = call.path("requestBody");
          require(!where.startsWith("get ") || body.isMissingNode(), where, "a body");
          body.path("content")
              .forEach(
                  type -> {
                    JsonNode schema = type.path("schema");
                    JsonNode named = document.at(schema.path("$ref").asText("#/none").substring(1));
                    require(!schema.path("format").asText().equals("binary"), where, "binary");
                    require(
                        !where.contains(" /admin/")
                            || named.isMissingNode()
                            || named.path("additionalProperties").toString().equals("false"),
                        where,
                        "takes any field");
                  });
          call.path("parameters")
              .forEach(
                  parameter ->
                      require(
                          parameter.at("/schema").has("type")
                              || parameter.at("/schema").has("$ref"),
                          where,
                          parameter.get("name") + " has no type"));
        });
    assertFalse(document.at("/components/schemas/SiteChange").has("required"));
  }

  /** Read by hand, so that nothing but this keeps the document from forgetting them. */
  @Test
  void theFieldsOfTheFormThatVotesAreListed() throws JsonProcessingException {
    List<String> fields = new ArrayList<>();
    document()
        .at("/paths/~1v1~1sites~1{site}~1rating/post/requestBody/content")
        .at("/application~1x-www-form-urlencoded/schema/properties")
        .fieldNames()
        .forEachRemaining(fields::add);
    assertEquals(List.of("stars", "page", "voter", "nonce", "back"), fields);
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() throws JsonProcessingException {
    JsonNode document = document();
    Set<String> used = new TreeSet<>();
    document.findValuesAsText("$ref").forEach(used::add);
    Set<String> defined = new TreeSet<>();
    document
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(name -> defined.add("#/components/schemas/" + name));
    assertEquals(defined, used);
  }

  @Test
  void swaggerUiIsServed() {
    given().get("/q/swagger-ui/").then().statusCode(200).body(containsString("swagger-ui"));
  }
}

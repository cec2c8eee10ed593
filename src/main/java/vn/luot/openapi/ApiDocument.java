package vn.luot.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import vn.luot.admin.series.Metric;

/**
 * Adds to the OpenAPI document, when Luot is built, what all calls have in common: the key, the
 * site, and how refusals look.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {
  private static final String KEY = "key";
  private static final String ADMIN = "/admin/";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document.getComponents().setSecuritySchemes(Map.of(KEY, bearerKey()));
    document.getComponents().addSchema("Problem", ProblemSchema.problem());
    document.setTags(
        List.of(
            OASFactory.createTag()
                .name("Public")
                .description("What a page calls: anonymous, told apart by site and origin"),
            OASFactory.createTag()
                .name("Admin")
                .description("What owners call, with a key: readers, editors, operators")));
    document.setServers(
        List.of(OASFactory.createServer().url("/").description("Where this document is served")));
    BodySchemas.complete(document);
    Map<String, Schema> series =
        document.getComponents().getSchemas().get("Series").getProperties();
    series.get("metric").setEnumeration(List.copyOf(Metric.labels()));
    document.getPaths().getPathItems().forEach(ApiDocument::complete);
  }

  private static SecurityScheme bearerKey() {
    return OASFactory.createSecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme("bearer")
        .description(
            "A key made by addKey or addGeneralKey, or the first operator key of the settings;"
                + " where OpenID Connect is switched on, also a person's access token.");
  }

  private static void complete(String path, PathItem item) {
    item.getOperations().values().forEach(operation -> complete(path, operation));
  }

  private static void complete(String path, Operation operation) {
    boolean ofOwners = path.startsWith(ADMIN);
    operation.setTags(List.of(ofOwners ? "Admin" : "Public"));
    operation.setSecurity(
        ofOwners ? List.of(OASFactory.createSecurityRequirement().addScheme(KEY)) : List.of());
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(ApiDocument::describe);
    }
    boolean takesBody = operation.getRequestBody() != null;
    boolean ofOne = path.contains("{") || path.startsWith("/v1/group");
    ProblemSchema.refusals(ofOwners, ofOne, takesBody)
        .forEach(
            (status, why) -> {
              // Scanning adds a bare 400 wherever there is a body.
              boolean bare =
                  !operation.getResponses().hasAPIResponse(status) || status.equals("400");
              if (bare) {
                operation.getResponses().addAPIResponse(status, ProblemSchema.answer(status, why));
              }
            });
  }

  /** A schema of an annotation has none, and true among its values is taken for no text. */
  private static void type(Schema schema) {
    if (schema == null || schema.getRef() != null || schema.getType() != null) {
      return;
    }
    List<Object> choice = schema.getEnumeration();
    if (choice != null && choice.stream().allMatch(Boolean.class::isInstance)) {
      schema.addType(Schema.SchemaType.BOOLEAN);
    } else {
      schema.addType(Schema.SchemaType.STRING);
      if (choice != null) {
        schema.setEnumeration(choice.stream().<Object>map(String::valueOf).toList());
      }
    }
  }

  private static void describe(Parameter parameter) {
    if (parameter.getIn() == Parameter.In.PATH && parameter.getDescription() == null) {
      parameter.setDescription("As the list of these names it");
    }
    if (parameter.getName().equals("metric")) {
      parameter.getSchema().setEnumeration(List.copyOf(Metric.labels()));
    }
    type(parameter.getSchema());
    if (parameter.getName().equals("site") && parameter.getIn() == Parameter.In.PATH) {
      parameter.setDescription("The site's id");
      parameter.setExample("bacninh");
      parameter.setSchema(
          OASFactory.createSchema()
              .addType(Schema.SchemaType.STRING)
              .pattern("^[a-z0-9][a-z0-9-]{0,62}$"));
    }
  }

  /** How the OpenAPI document describes refusals. */
  static final class ProblemSchema {
    private ProblemSchema() {}

    static Schema problem() {
      return OASFactory.createSchema()
          .addType(SchemaType.OBJECT)
          .description(
              "Why a call is refused, and what to change (RFC 9457). Of public calls title and"
                  + " detail are Vietnamese where Accept-Language prefers that to English, and a"
                  + " browser that shows the answer as a page is sent one")
          .required(List.of("type", "title", "status", "detail"))
          .addProperty(
              "type",
              text("Stable: urn:luot:problem: and the reason")
                  .pattern("^urn:luot:problem:[a-z-]+$")
                  .addExample("urn:luot:problem:out-of-range"))
          .addProperty("title", text("The reason in words"))
          .addProperty(
              "status", OASFactory.createSchema().addType(SchemaType.INTEGER).addExample(422))
          .addProperty("detail", text("What to change"))
          .addProperty(
              "errors",
              OASFactory.createSchema()
                  .addType(SchemaType.ARRAY)
                  .description("The values that are not allowed, where single values are at fault")
                  .items(
                      OASFactory.createSchema()
                          .addType(SchemaType.OBJECT)
                          .required(List.of("field", "detail"))
                          .addProperty("field", text("The field or parameter"))
                          .addProperty("detail", text("What to send instead"))));
    }

    private static Schema text(String description) {
      return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    /** By status, why a call may be refused. */
    static Map<String, String> refusals(boolean ofOwners, boolean ofOne, boolean takesBody) {
      Map<String, String> refusals = new TreeMap<>();
      refusals.put("400", "Malformed");
      refusals.put("406", "The accepted media types are none that this call answers");
      refusals.put("422", "A value is not allowed; errors names it");
      refusals.put("429", "Too many; Retry-After says when to come back");
      refusals.put("503", "A store does not answer; Retry-After says when to come back");
      if (ofOwners) {
        refusals.put("401", "No key, or one that is not in force");
        refusals.put("403", "The key's role or site is not enough");
      } else {
        refusals.put("403", "The origin is not allowed, or the site's owner has closed this");
      }
      if (ofOne) {
        refusals.put("404", "Nothing of this name is here");
      }
      if (ofOwners && takesBody) {
        refusals.put("409", "Something else has this place, or is under way");
      }
      if (takesBody) {
        refusals.put("413", "The body is too large");
        refusals.put("415", "The media type is not taken");
      }
      return refusals;
    }

    static APIResponse answer(String status, String why) {
      APIResponse answer =
          OASFactory.createAPIResponse()
              .description(why)
              .content(
                  OASFactory.createContent()
                      .addMediaType(
                          "application/problem+json",
                          OASFactory.createMediaType()
                              .schema(
                                  OASFactory.createSchema().ref("#/components/schemas/Problem"))));
      if (status.equals("429") || status.equals("503")) {
        answer.addHeader(
            "Retry-After",
            OASFactory.createHeader()
                .description("Seconds")
                .schema(OASFactory.createSchema().addType(SchemaType.INTEGER)));
      }
      return answer;
    }
  }
}

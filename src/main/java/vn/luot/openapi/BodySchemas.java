package vn.luot.openapi;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/** Makes the document say which bodies are taken, and how strictly owners' are read. */
final class BodySchemas {
  private static final String ADMIN = "/admin/";
  private static final String CHANGE = "Change";
  private static final String SCHEMAS = "#/components/schemas/";

  /** Objects of the framework that calls are given, which scanning takes for their bodies. */
  private static final Set<String> NO_BODIES = Set.of("HttpServerRequest", "RoutingContext");

  /** Whose bodies may be left out, which scanning does not see. */
  private static final Set<String> OPTIONAL = Set.of("keepOnline", "removeVote");

  private final OpenAPI document;
  private final Map<String, Schema> schemas;
  private final Set<String> strict = new HashSet<>();

  private BodySchemas(OpenAPI document) {
    this.document = document;
    this.schemas = new HashMap<>(document.getComponents().getSchemas());
  }

  static void complete(OpenAPI document) {
    new BodySchemas(document).complete();
  }

  private void complete() {
    NO_BODIES.forEach(schemas::remove);
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach((method, operation) -> complete(path, method, operation)));
    document.getComponents().setSchemas(schemas);
  }

  private void complete(String path, PathItem.HttpMethod method, Operation operation) {
    RequestBody body = operation.getRequestBody();
    if (body != null) {
      body.setRequired(!OPTIONAL.contains(operation.getOperationId()));
    }
    if (method == PathItem.HttpMethod.GET) {
      operation.setRequestBody(null);
    } else if (body != null && path.startsWith(ADMIN)) {
      body.getContent()
          .getMediaTypes()
          .values()
          .forEach(
              type -> {
                makeStrict(type.getSchema());
                if (method == PathItem.HttpMethod.PATCH) {
                  type.setSchema(change(type.getSchema()));
                }
              });
    }
  }

  /** What the document does not name is refused, and null is the same as nothing. */
  private void makeStrict(Schema reference) {
    if (reference == null || reference.getRef() == null || reference.getRef().endsWith(CHANGE)) {
      return;
    }
    String name = reference.getRef().replace(SCHEMAS, "");
    Schema schema = schemas.get(name);
    if (schema == null || schema.getProperties() == null || !strict.add(name)) {
      return;
    }
    schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
    List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
    schema
        .getProperties()
        .forEach(
            (field, property) -> {
              boolean typed =
                  property.getType() != null
                      && !property.getType().contains(Schema.SchemaType.NULL);
              if (typed && !required.contains(field)) {
                property.addType(Schema.SchemaType.NULL);
              }
              makeStrict(property);
              if (property.getAnyOf() != null) {
                property.getAnyOf().forEach(this::makeStrict);
              }
            });
  }

  /**
   * The same of which only some fields are sent (RFC 7396). What requires no field is such a body
   * already.
   */
  private Schema change(Schema reference) {
    String name = reference.getRef().replace(SCHEMAS, "");
    Schema whole = schemas.get(name);
    if (name.endsWith(CHANGE) || whole.getRequired() == null) {
      return reference;
    }
    schemas.put(
        name + CHANGE,
        OASFactory.createSchema()
            .addType(Schema.SchemaType.OBJECT)
            .description("What is to be changed; null sets a field back to its default")
            .properties(whole.getProperties())
            .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false)));
    return OASFactory.createSchema().ref(SCHEMAS + name + CHANGE);
  }
}

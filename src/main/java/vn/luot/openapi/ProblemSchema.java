package vn.luot.openapi;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** How the OpenAPI document describes refusals. */
final class ProblemSchema {
  private ProblemSchema() {}

  static Schema problem() {
    return OASFactory.createSchema()
        .addType(SchemaType.OBJECT)
        .description(
            "Why a call is refused, and what to change (RFC 9457). Of public calls title and detail"
                + " are Vietnamese where Accept-Language prefers that to English, and a browser that"
                + " shows the answer as a page is sent one")
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

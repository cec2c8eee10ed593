package vn.luot.openapi;

import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** How the OpenAPI document describes what voters send, which Luot reads by hand. */
final class VoteSchema {
  private VoteSchema() {}

  static Schema vote() {
    return withdrawal()
        .required(List.of("stars"))
        .addProperty(
            "stars",
            OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .minimum(BigDecimal.ONE)
                .maximum(BigDecimal.valueOf(5))
                .addExample(5))
        .description("The stars a voter gives");
  }

  static Schema withdrawal() {
    return OASFactory.createSchema()
        .addType(SchemaType.OBJECT)
        .description("The voter who withdraws")
        .addProperty(
            "voter",
            OASFactory.createSchema()
                .addType(SchemaType.STRING)
                .description(
                    "The token of an earlier answer; without one a vote is a new voter's"));
  }
}

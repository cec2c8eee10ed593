package vn.luot.admin.body;

import jakarta.ws.rs.DefaultValue;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** How much of a list is asked for, of which more is mostly wanted at once. */
public class LongLimited {
  @Parameter(
      description = "Most entries to list",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
  @RestQuery
  @DefaultValue("100")
  public String limit;

  public int most() {
    return Limited.most(limit, Limited.MOST);
  }
}

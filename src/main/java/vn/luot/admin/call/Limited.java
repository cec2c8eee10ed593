package vn.luot.admin.call;

import jakarta.ws.rs.DefaultValue;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.refusal.Refusal;

/** How much of a list is asked for. */
public class Limited {
  static final int MOST = 1000;

  @Parameter(
      description = "Most entries to list",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "50"))
  @RestQuery
  @DefaultValue("50")
  public String limit;

  public int most() {
    return most(limit, MOST);
  }

  /** For lists with other limits. */
  public static int most(String limit, int most) {
    if (!limit.matches("[1-9][0-9]{0,8}") || Integer.parseInt(limit) > most) {
      throw Refusal.ofField("limit", "a whole number from 1 to " + most);
    }
    return Integer.parseInt(limit);
  }
}

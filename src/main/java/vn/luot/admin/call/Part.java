package vn.luot.admin.call;

import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which part of a list is asked for. */
public class Part extends Limited {
  @Parameter(description = "next of the answer before, with the same other parameters")
  @RestQuery
  public @Nullable String cursor;
}

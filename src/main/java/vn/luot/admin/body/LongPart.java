package vn.luot.admin.body;

import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Which part of such a list is asked for. */
public class LongPart extends LongLimited {
  @Parameter(description = Part.CURSOR)
  @RestQuery
  public String cursor;
}

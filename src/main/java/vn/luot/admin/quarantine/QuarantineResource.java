package vn.luot.admin.quarantine;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.JsonBody;
import vn.luot.admin.call.Limited;
import vn.luot.admin.quarantine.QuarantineList.QuarantinedDay;
import vn.luot.admin.quarantine.Verdict.VerdictOrder;

/** The views of bursts that a site keeps apart, and what its owner decides about them. */
@Path("/admin/v1/sites/{site}/quarantine")
@Produces(MediaType.APPLICATION_JSON)
public class QuarantineResource {
  private static final int MOST = 366;

  @Inject Access access;
  @Inject QuarantineReader reader;
  @Inject VerdictStore verdicts;
  @Inject JsonBody json;

  @GET
  @Operation(
      summary = "Lists the views kept apart by day, with their hours and most viewed pages",
      description =
          "Views are kept apart where quarantineFactor is set and they come that many times as fast"
              + " as in the site's usual busiest hour. They are part of no other number before they"
              + " are admitted. Days judged already are listed with their verdict.")
  public Uni<QuarantineList> listQuarantine(
      @RestPath String site,
      @Parameter(
              description = "Most days to list",
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "366",
                      defaultValue = "31"))
          @RestQuery
          @DefaultValue("31")
          String limit,
      @Parameter(description = "next of the answer before") @RestQuery String cursor) {
    return access.site(site, Role.READER, of -> reader.list(of, cursor, Limited.most(limit, MOST)));
  }

  @POST
  @Path("/{day}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Admits or drops what a day has in quarantine, for good",
      description =
          "Admitted views, visits, visitors and referrers count from then on in every number, on"
              + " the day and page they came on. 409 where the day is not over, or judged already;"
              + " 404 where nothing of it is in quarantine. Who judged it, when and why is kept.")
  @RequestBodySchema(VerdictOrder.class)
  public Uni<QuarantinedDay> judgeQuarantinedDay(
      @RestPath String site,
      @Parameter(
              description = "The site's local day",
              example = "2026-11-20",
              schema = @Schema(type = SchemaType.STRING, format = "date"))
          @RestPath
          String day,
      byte[] body) {
    return access.site(
        site,
        Role.EDITOR,
        (of, owner) -> {
          VerdictOrder order = json.read(body, VerdictOrder.class).checked();
          LocalDate judged = VerdictStore.day(day);
          return verdicts.judge(of, judged, order, owner).flatMap(done -> reader.day(of, judged));
        });
  }
}

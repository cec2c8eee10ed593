package vn.luot.admin.imports;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.Cursor;
import vn.luot.admin.call.Locations;
import vn.luot.admin.call.Part;
import vn.luot.admin.call.Text;
import vn.luot.admin.call.Turns;
import vn.luot.admin.imports.ImportStore.ImportAnswer;
import vn.luot.admin.imports.Imports.Begun;
import vn.luot.admin.imports.Imports.Order;
import vn.luot.refusal.FieldErrors;
import vn.luot.site.Site;

/** Old numbers of many pages and days at once. */
@Path("/admin/v1/sites/{site}/imports")
@Produces(MediaType.APPLICATION_JSON)
public class ImportsResource {
  private static final String LIST = "imports";
  private static final int LONGEST_BATCH = 100;

  @Inject Access access;
  @Inject Imports imports;
  @Inject ImportStore store;
  @Inject Locations locations;
  @Inject Turns turns;
  @Inject CurrentVertxRequest current;

  /**
   * Imports, the newest first.
   *
   * @param next what to send as {@code cursor} for older ones; null at the end
   */
  @Schema(name = "ImportList")
  public record ImportList(
      List<ImportAnswer> imports, @Schema(nullable = true) @Nullable String next) {}

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Imports old numbers from a CSV file, all of it or nothing",
      description =
          "Sent as the body: CSV in UTF-8 with commas, semicolons or tabs, by default at most 32 MB"
              + " and 1,000,000 lines. Its first line names the columns, in any order: path (~site is"
              + " the site itself), day, views, visits, downloads (of the file of that path),"
              + " rating_count, rating_sum. A line without day"
              + " is an opening balance; one with a day, such as 2025-11-20, is counted on that day"
              + " and shown in every series. Both replace what was imported for the same page and"
              + " day, so sending a file again changes nothing. The file is checked to its end; only"
              + " if no line is wrong it is written, as one change. Answered 202 with Location at"
              + " once: read that for the progress and the report. One import runs for a site at a"
              + " time. With batch the columns are time, path and, where they are known, address and"
              + " agent, of which nothing is kept: each line is a hit that a server has seen, counted"
              + " by the site's rules and added. A batch that was counted is answered with its first"
              + " report and changes nothing. A line that is wrong is left out and reported.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "text/csv",
            schema = @Schema(type = SchemaType.STRING),
            examples =
                @ExampleObject(
                    name = "csv",
                    value =
                        "path,day,views,visits,rating_count,rating_sum\n~site,,2743755,990112,12,54\n"
                            + "/tin-tuc/a,,440,,423,1804\n~site,2025-11-20,812,301,,\n"))
      })
  @APIResponse(
      responseCode = "202",
      description = "The import has begun; Location is where to follow it",
      content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
  @APIResponse(
      responseCode = "200",
      description = "With wait: the import has ended, see its state",
      content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
  public Uni<RestResponse<ImportAnswer>> importBaselines(
      @RestPath String site,
      @Parameter(
              description = "Why, 1 to 500 characters; kept with each balance",
              required = true,
              example = "Số liệu cổng cũ đến 30/11/2026")
          @RestQuery
          String reason,
      @Parameter(
              description = "true: check and report only",
              schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
          @RestQuery
          @DefaultValue("false")
          String dryRun,
      @Parameter(
              description = "true: answer when the import has ended; for files of seconds",
              schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
          @RestQuery
          @DefaultValue("false")
          String wait,
      @Parameter(
              description =
                  "The body is hits of a log, one a line with its time: what the sender calls them,"
                      + " 1 to 100 characters. They are added, once for this name, for ever",
              example = "access.log-20261120")
          @RestQuery
          String batch,
      HttpServerRequest request) {
    RoutingContext call = current.getCurrent();
    return access.site(
        site,
        Role.EDITOR,
        (of, owner) -> {
          new FieldErrors()
              .require(
                  Text.isFit(reason, Text.REASON),
                  "reason",
                  "add ?reason=... that says why, 1 to 500 characters")
              .require(isBoolean(dryRun), "dryRun", "true or false")
              .require(isBoolean(wait), "wait", "true or false")
              .require(
                  batch == null || Text.isFit(batch, LONGEST_BATCH),
                  "batch",
                  Text.rule(LONGEST_BATCH))
              .refuseIfAny();
          Order order = new Order(of, owner, Boolean.parseBoolean(dryRun), reason, batch);
          // Minutes may pass before the file has arrived and, where that is waited for, is
          // imported.
          turns.rest(call);
          return imports
              .begin(order, request)
              .flatMap(begun -> answer(of, begun, Boolean.parseBoolean(wait)));
        });
  }

  private static boolean isBoolean(String written) {
    return written.equals("true") || written.equals("false");
  }

  private Uni<RestResponse<ImportAnswer>> answer(Site of, Begun begun, boolean wait) {
    Uni<Void> ended =
        wait ? Uni.createFrom().completionStage(begun.ended()) : Uni.createFrom().voidItem();
    String path = "/admin/v1/sites/%s/imports/%d".formatted(of.slug(), begun.id());
    return ended
        .chain(() -> store.read(of.id(), begun.id()))
        .map(
            state ->
                RestResponse.ResponseBuilder.create(
                        wait ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED, state)
                    .header("Location", locations.of(path))
                    .build());
  }

  @GET
  @Operation(summary = "Lists a site's imports, the newest first")
  public Uni<ImportList> listImports(@RestPath String site, @BeanParam Part part) {
    return access.site(
        site,
        Role.READER,
        of -> {
          int most = part.most();
          return store
              .list(of.id(), before(part.cursor), most)
              .map(found -> new ImportList(found, next(found, most)));
        });
  }

  private static long before(@Nullable String cursor) {
    return cursor == null ? Long.MAX_VALUE : Cursor.number(Cursor.read(cursor, LIST, 1).get(0));
  }

  private static @Nullable String next(List<ImportAnswer> found, int most) {
    return found.size() < most ? null : Cursor.of(LIST, Long.toString(found.get(most - 1).id()));
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Reads how far an import is, and what is wrong with its file, line by line")
  public Uni<ImportAnswer> readImport(
      @RestPath String site,
      @Parameter(description = "The import's id", example = "7") @RestPath long id) {
    return access.site(site, Role.READER, of -> store.read(of.id(), id));
  }
}

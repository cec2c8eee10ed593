package vn.luot.admin.export;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.Taken;
import vn.luot.admin.numbers.DaysAsked;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.numbers.Span;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/** A site's numbers to take along. */
@Path("/admin/v1/sites/{site}/export")
public class ExportResource {
  @Inject Access access;
  @Inject Numbers numbers;
  @Inject Exporter exporter;
  @Inject Taken taken;
  @Inject Clock clock;

  @GET
  @Produces("text/csv")
  @Operation(
      summary = "Streams counted numbers as CSV (RFC 4180, UTF-8) or JSON",
      description =
          "days: day, views, visits, visitors, bots, downloads. pages: day, path, title, views, visits, downloads."
              + " referrers: day, host, views. votes: id, changedAt, page, stars, held (null or"
              + " empty: counted). One row a line; in JSON the same fields as an array of objects."
              + " In CSV, text that a spreadsheet would take for a formula is preceded by an"
              + " apostrophe, also after a separator. Days whose details are no longer kept have no"
              + " rows by page.")
  @APIResponse(
      responseCode = "200",
      description = "The rows, as a file to save",
      content = {
        @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = "application/json",
            schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class))
      })
  public RestMulti<byte[]> exportNumbers(
      @RestPath String site,
      @Parameter(description = "csv or json", schema = @Schema(enumeration = {"csv", "json"}))
          @RestQuery
          @DefaultValue("csv")
          String format,
      @Parameter(
              description = "What a row is about",
              schema = @Schema(enumeration = {"days", "pages", "referrers", "votes"}))
          @RestQuery
          @DefaultValue("pages")
          String what,
      @BeanParam DaysAsked days,
      @Parameter(
              description = "Whether CSV begins with a byte order mark, which Excel needs",
              schema =
                  @Schema(
                      enumeration = {"true", "false"},
                      defaultValue = "false"))
          @RestQuery
          @DefaultValue("false")
          String bom,
      @Parameter(
              description = "What parts the cells of CSV; Excel wants the one of its language",
              schema = @Schema(enumeration = {"comma", "semicolon"}))
          @RestQuery
          @DefaultValue("comma")
          String separator) {
    Multi<byte[]> chunks =
        access
            .site(site, Role.READER, of -> flushed(of))
            .onItem()
            .transformToMulti(
                known -> export(known, format, what, days, separator(separator), bom(bom)));
    return RestMulti.fromMultiData(taken.inTime(chunks))
        .encodeAsJsonArray(false)
        .withDemand(1)
        .header(
            "Content-Type", format.equals("json") ? "application/json" : "text/csv;charset=UTF-8")
        .header("Content-Disposition", "attachment; filename=\"" + name(site, what, format) + "\"")
        .header("Cache-Control", "no-store")
        .build();
  }

  private Uni<Site> flushed(Site site) {
    return numbers.fresh(site, asOf -> Uni.createFrom().item(site));
  }

  private Multi<byte[]> export(
      Site site, String format, String what, DaysAsked days, String separator, boolean bom) {
    ZoneId zone = site.zone();
    Span span = days.in(zone, clock.instant());
    Subject subject = Subject.of(what);
    return exporter.export(
        site.id(),
        subject,
        Format.of(format, subject.columns(), zone, separator, bom),
        Tuple.of(site.id(), span.firstDay(), span.lastDay(), site.rules().timeZone()));
  }

  private static boolean bom(String bom) {
    if (!bom.equals("true") && !bom.equals("false")) {
      throw Refusal.ofField("bom", "true or false");
    }
    return bom.equals("true");
  }

  private static String separator(String name) {
    return switch (name) {
      case "comma" -> ",";
      case "semicolon" -> ";";
      default -> throw Refusal.ofField("separator", "one of comma, semicolon");
    };
  }

  /** Sent only after all of it was found to be right. */
  private static String name(String site, String what, String format) {
    return "luot-%s-%s.%s".formatted(site, what, format).replaceAll("[^a-z0-9.-]", "");
  }
}

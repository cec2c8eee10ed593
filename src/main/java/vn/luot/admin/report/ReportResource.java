package vn.luot.admin.report;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.LanguageAsked;
import vn.luot.admin.numbers.DaysAsked;
import vn.luot.admin.numbers.Span;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/** A report as a file that a spreadsheet opens. */
@Path("/admin/v1/sites/{site}/report")
public class ReportResource {
  @Inject Access access;
  @Inject ReportReader reader;
  @Inject Clock clock;

  @GET
  @Produces(Spreadsheet.XLSX)
  @Operation(
      summary = "Reads a report of some days as an Excel file (XLSX)",
      description =
          "Three sheets: days with their numbers, and the sums of these; the 1000"
              + " most viewed pages with the totals of the period; the 1000 hosts most views came"
              + " from. At most 3660 days.")
  @APIResponseSchema(value = Spreadsheet.Xlsx.class, responseDescription = "The file")
  public Uni<RestResponse<byte[]>> readReport(
      @RestPath String site, @BeanParam DaysAsked days, @BeanParam LanguageAsked language) {
    return access
        .site(site, Role.VIEWER, of -> reader.read(of, span(of, days), language.language))
        .map(file -> Spreadsheet.answer("luot-" + site.replaceAll("[^a-z0-9-]", ""), file));
  }

  private Span span(Site site, DaysAsked days) {
    Span span = days.in(site.zone(), clock.instant());
    if (span.firstDay().plusDays(ReportReader.MOST_DAYS - 1).isBefore(span.lastDay())
        && days.from != null) {
      throw Refusal.ofRange("from", "name at most " + ReportReader.MOST_DAYS + " days");
    }
    return span;
  }
}

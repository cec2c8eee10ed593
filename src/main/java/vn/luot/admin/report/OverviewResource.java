package vn.luot.admin.report;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Owner;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.LanguageAsked;
import vn.luot.admin.call.Limited;
import vn.luot.admin.numbers.DaysAsked;
import vn.luot.admin.report.Overview.OverviewDays;
import vn.luot.site.Site;
import vn.luot.site.SiteRules;
import vn.luot.site.registry.Sites;

/** All sites of a key at once. */
@Path("/admin/v1/overview")
@Produces(MediaType.APPLICATION_JSON)
public class OverviewResource {
  private static final String LABEL = "Only of the sites with this label";

  /** How far the first time zone is ahead of UTC: later days have begun nowhere. */
  private static final Duration FIRST_ZONE = Duration.ofHours(14);

  @Inject Access access;
  @Inject Sites sites;
  @Inject OverviewReader reader;
  @Inject Clock clock;

  @GET
  @Operation(
      summary = "Reads the numbers of all sites within the key's reach, and their sums by label",
      description =
          "As PostgreSQL has them, which is some seconds behind; visitors online as they are now."
              + " Sites that were registered a moment ago may be missing.")
  public Uni<Overview> readOverview(
      @Parameter(description = "Lists the sites after this id") @RestQuery @DefaultValue("")
          String after,
      @BeanParam Limited limited) {
    int most = limited.most();
    return access
        .owner(Role.VIEWER)
        .map(owner -> reached(owner, null).filter(site -> site.slug().compareTo(after) > 0))
        .map(found -> found.limit(most).toList())
        .flatMap(
            found -> reader.read(found, found.size() < most ? null : found.get(most - 1).slug()));
  }

  @GET
  @Path("/days")
  @Operation(
      summary = "Reads views and visits of all sites within the key's reach together, by day",
      description =
          "As PostgreSQL has them, which is some seconds behind. Opening balances have no day.")
  public Uni<OverviewDays> readOverviewDays(
      @BeanParam DaysAsked days, @Parameter(description = LABEL) @RestQuery String label) {
    return access
        .owner(Role.VIEWER)
        .flatMap(
            owner ->
                reader.days(
                    reached(owner, label).toList(),
                    days.in(ZoneOffset.UTC, clock.instant().plus(FIRST_ZONE))));
  }

  @GET
  @Path("/report")
  @Produces(Spreadsheet.XLSX)
  @Operation(
      summary = "Reads the numbers of all sites within the key's reach as an Excel file (XLSX)",
      description = "Two sheets: the sites with their numbers of now, and the sums by label.")
  @APIResponseSchema(value = Spreadsheet.Xlsx.class, responseDescription = "The file")
  public Uni<RestResponse<byte[]>> readOverviewReport(
      @Parameter(description = LABEL) @RestQuery String label, @BeanParam LanguageAsked language) {
    return access
        .owner(Role.VIEWER)
        .flatMap(
            owner -> {
              OverviewFile file = OverviewFile.in(language);
              return reader
                  .read(reached(owner, label).toList(), null)
                  .emitOn(Infrastructure.getDefaultWorkerPool())
                  .map(file::write);
            })
        .map(file -> Spreadsheet.answer("luot", file));
  }

  /** By id; with a label where one is asked for. */
  private Stream<Site> reached(Owner owner, @Nullable String label) {
    String wanted = label == null ? "" : SiteRules.label(label);
    return sites.all().stream()
        .filter(site -> owner.reaches(site))
        .filter(site -> wanted.isEmpty() || site.rules().labels().contains(wanted))
        .sorted(Comparator.comparing(Site::slug));
  }
}

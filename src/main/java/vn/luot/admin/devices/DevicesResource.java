package vn.luot.admin.devices;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.owner.Role;
import vn.luot.admin.numbers.Covered;
import vn.luot.admin.numbers.DaysAsked;
import vn.luot.admin.numbers.Details;
import vn.luot.admin.numbers.Numbers;
import vn.luot.admin.numbers.Span;
import vn.luot.connection.postgres.Rows;
import vn.luot.site.Site;

/** What a site's visits begin with. */
@Path("/admin/v1/sites/{site}/devices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin")
public class DevicesResource {
  private static final String SUM =
      """
      SELECT split_part(device, '|', 1), split_part(device, '|', 2), split_part(device, '|', 3), sum_up(visits)
      FROM device_visits
      WHERE site_id = $1 AND day BETWEEN (SELECT $2::date) AND (SELECT $3::date)
      GROUP BY device ORDER BY 4 DESC, device
      """;

  private final Access access;
  private final Numbers numbers;
  private final Details details;
  private final Clock clock;

  DevicesResource(Access access, Numbers numbers, Details details, Clock clock) {
    this.access = access;
    this.numbers = numbers;
    this.details = details;
    this.clock = clock;
  }

  /** Visits by what they began with. */
  @Schema(name = "DeviceList")
  public record DeviceList(
      @JsonUnwrapped Covered covered,
      @Schema(description = "Most visits first; a few hundred at most")
          List<DeviceEntry> devices) {}

  /** One kind of device. */
  @Schema(name = "DeviceEntry")
  public record DeviceEntry(
      @Schema(enumeration = {"Phone", "Tablet", "Desktop", "Other"}) String device,
      @Schema(description = "Family of the browser, or Other", examples = "Chrome") String browser,
      @Schema(description = "Operating system, or Other", examples = "Android") String system,
      @Schema(description = "Visits that began with it") long visits) {}

  @GET
  @Operation(
      operationId = "listDevices",
      summary = "Lists devices, browsers and systems, with how many visits began with them",
      description =
          "Told from User-Agent, which is not kept, by short lists. Visits of imported history, and"
              + " visitors who want not to be known, are not among them.")
  public Uni<DeviceList> list(@RestPath String site, @BeanParam DaysAsked days) {
    return access
        .site(site, Role.VIEWER)
        .flatMap(
            reached -> {
              Site of = reached.site();
              Span span = days.in(of.rules().timeZone()).orSinceEver(clock.instant());
              Tuple values = Tuple.of(of.id(), span.firstDay(), span.lastDay());
              return details.list(
                  of,
                  span,
                  covered ->
                      numbers
                          .query(SUM, values)
                          .map(
                              rows ->
                                  new DeviceList(
                                      covered, Rows.list(rows, DevicesResource::entry))));
            });
  }

  private static DeviceEntry entry(Row row) {
    return new DeviceEntry(row.getString(0), row.getString(1), row.getString(2), row.getLong(3));
  }
}

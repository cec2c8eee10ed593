package vn.luot.reading;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import vn.luot.reading.base.ReadingConfig;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/** How a site counts. */
@Path("/v1/sites/{site}/methodology")
public class MethodologyResource {
  @Inject Sites sites;
  @Inject ReadingConfig config;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "readMethodology", summary = "Says how the site counts")
  public Methodology methodology(@RestPath String site) {
    return Methodology.of(sites.require(site), config.heartbeat().toSeconds());
  }

  /**
   * How a site counts, for whoever compares its numbers with another counter's.
   *
   * @param timeZone decides where days begin
   * @param onlineWindowSeconds a visitor seen within it is online
   * @param heartbeatSeconds how often an open, visible page says that its reader is still there
   * @param visitGapSeconds a visitor not seen for it starts a visit
   * @param repeatViewSeconds a view of the same page by the same visitor within it counts once; 0
   *     counts every view
   * @param optOutRespected whether visitors who send Sec-GPC or DNT are counted without being known
   * @param knownPagesOnly whether views of pages that were never seen before count for no page
   * @param pageParameters query parameters that identify a page; all others are ignored
   * @param view what one view is
   * @param download what one download is
   * @param visit what one visit is
   * @param visitor who one visitor is
   * @param visitorsStandardError of the distinct visitors, relative
   * @param robots how robots are counted
   * @param baselineDate the local day on which the first opening balance was entered, which is part
   *     of the totals; null where none is
   */
  public record Methodology(
      String timeZone,
      long onlineWindowSeconds,
      long heartbeatSeconds,
      long visitGapSeconds,
      long repeatViewSeconds,
      boolean optOutRespected,
      boolean knownPagesOnly,
      List<String> pageParameters,
      String view,
      String download,
      String visit,
      String visitor,
      double visitorsStandardError,
      String robots,
      @Schema(format = "date", nullable = true) @Nullable String baselineDate) {

    /** Source: Flajolet et al. 2007, 1.04 / sqrt(m), with the m = 16384 registers of Redis. */
    private static final double STANDARD_ERROR = 0.0081;

    static Methodology of(Site site, long heartbeatSeconds) {
      return new Methodology(
          site.zone().getId(),
          site.rules().onlineWindowSeconds(),
          heartbeatSeconds,
          site.rules().visitGapSeconds(),
          site.rules().repeatViewSeconds(),
          site.rules().respectOptOut(),
          site.rules().knownPagesOnly(),
          site.rules().pageParameters(),
          "Each report of a page, by script, picture or call, is one view; the same page again within"
              + " repeatViewSeconds is none. A page that reports nothing is not counted.",
          "Each click on a link that the page marks as a file's is one download of it; the same file again within"
              + " repeatViewSeconds is none. A download is no view.",
          "Views of one visitor with gaps shorter than the visit gap are one visit, measured to 15 s;"
              + " it belongs to the page it began on.",
          "A hash of network address and kind of browser and device under a random salt of the local day, which"
              + " is deleted afterwards; a day's distinct visitors are estimated by HyperLogLog.",
          STANDARD_ERROR,
          "Told by the name they send: answered as a browser is, counted by themselves, and part of"
              + " no views, visits, visitors or online. Who hides is not told apart.",
          site.baselineSince() == null
              ? null
              : site.baselineSince().atZone(site.zone()).toLocalDate().toString());
    }
  }
}

package vn.luot.widget;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Refusal;
import vn.luot.site.Origins;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/**
 * Tells whoever puts Luot on a page whether that page may call. It tells nothing that a call would
 * not.
 */
@Path("/v1/check")
public class CheckResource {
  private static final Pattern WHOLE = Pattern.compile("[a-zA-Z]+://[^/?#]*");

  @Inject Sites sites;

  /**
   * What is known of a site's name and of a page's address.
   *
   * @param known whether a site has this name
   * @param origin what the address has to be registered as: scheme, host and port
   * @param registered whether the site has this origin
   * @param registeredFor the site that has it; null where none has
   */
  public record Check(
      String site,
      boolean known,
      @Schema(examples = "https://bacninh.example.vn") String origin,
      boolean registered,
      @Schema(nullable = true) @Nullable String registeredFor) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "checkPage",
      summary = "Tells whether pages of an address may call for a site",
      description = "422 where the address is none.")
  public RestResponse<Check> check(
      @Parameter(description = "The site's name", required = true) @RestQuery String site,
      @Parameter(
              description = "A page's address, such as https://bacninh.example.vn/a",
              required = true)
          @RestQuery
          String address) {
    if (site == null || site.isBlank()) {
      throw Refusal.ofField("site", "the site's name");
    }
    String origin = origin(address);
    Site known = sites.known(site.strip());
    boolean registered = known != null && known.rules().origins().contains(origin);
    return RestResponse.ResponseBuilder.ok(
            new Check(site.strip(), known != null, origin, registered, sites.servedAt(origin)))
        .header("Cache-Control", "no-store")
        .build();
  }

  /** As a browser would send it. */
  private static String origin(String address) {
    var whole = WHOLE.matcher(address == null ? "" : address.strip());
    var origin = whole.lookingAt() ? Origins.normal(whole.group()) : null;
    if (origin == null) {
      throw Refusal.ofField("address", "a whole address, such as https://bacninh.example.vn/");
    }
    return origin;
  }
}

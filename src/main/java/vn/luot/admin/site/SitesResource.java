package vn.luot.admin.site;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.JsonBody;
import vn.luot.admin.call.Limited;
import vn.luot.admin.call.Locations;
import vn.luot.refusal.Refusal;
import vn.luot.site.SiteRules;

/** The sites that Luot counts for. */
@Path("/admin/v1")
@Produces(MediaType.APPLICATION_JSON)
public class SitesResource {
  @Inject Access access;
  @Inject SiteStore store;
  @Inject JsonBody json;
  @Inject Locations locations;

  /**
   * Sites, by id.
   *
   * @param next what to send as {@code after} for those that follow; null at the end
   */
  public record SiteList(List<SiteRules> sites, @Schema(nullable = true) @Nullable String next) {}

  @GET
  @Path("/sites")
  @Operation(summary = "Lists the sites within the key's reach, by id")
  public Uni<SiteList> listSites(
      @Parameter(description = "Lists the sites after this id") @RestQuery @DefaultValue("")
          String after,
      @BeanParam Limited limited) {
    int most = limited.most();
    return access
        .owner(Role.READER)
        .flatMap(owner -> store.list(owner, after, most))
        .map(found -> new SiteList(found, found.size() < most ? null : found.get(most - 1).id()));
  }

  @POST
  @Path("/sites")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Registers a site; every pod knows it in seconds")
  @APIResponse(
      responseCode = "201",
      description = "The site as it is kept",
      headers =
          @Header(
              name = "Location",
              description = "Where the site is",
              schema = @Schema(type = SchemaType.STRING)),
      content = @Content(schema = @Schema(implementation = SiteRules.class)))
  @RequestBodySchema(SiteRules.class)
  public Uni<RestResponse<SiteRules>> addSite(byte[] body) {
    return access
        .ownerOfAll(Role.OPERATOR)
        .flatMap(
            owner ->
                store.add(SiteRulesCheck.checked(json.read(body, SiteRules.class)), owner.name()))
        .map(
            site ->
                RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, site)
                    .header("Location", locations.of("/admin/v1/sites/" + site.id()))
                    .build());
  }

  @GET
  @Path("/sites/{site}")
  @Operation(summary = "Reads a site's settings")
  public Uni<SiteRules> readSite(@RestPath String site) {
    return access.site(site, Role.READER, of -> Uni.createFrom().item(of.rules()));
  }

  @PATCH
  @Path("/sites/{site}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(
      summary = "Changes the settings that are sent; null sets one back to its default",
      description = "The id never changes. In force on every pod within seconds.")
  @RequestBodySchema(SiteRules.class)
  public Uni<SiteRules> changeSite(@RestPath String site, byte[] body) {
    return access.site(
        site,
        Role.EDITOR,
        (of, owner) ->
            store.change(
                of.id(),
                now -> SiteRulesCheck.changed(now, json.patch(body, now, SiteRules.class)),
                owner.name()));
  }

  @GET
  @Path("/sites/{site}/changes")
  @Operation(
      operationId = "listSiteChanges",
      summary = "Lists who made the site and who changed its settings, when, and from what to what",
      description = "The first one made it: was is empty, and became has all settings.")
  public Uni<SiteChanges> changes(@RestPath String site, @BeanParam Limited limited) {
    return access.site(site, Role.EDITOR, of -> store.changes(of, limited.most()));
  }

  @GET
  @Path("/deleted-sites")
  @Operation(
      summary = "Lists who deleted which site, and when",
      description = "Kept for good; of the site itself nothing is.")
  public Uni<DeletedSites> listDeletedSites(@BeanParam Limited limited) {
    return access.ownerOfAll(Role.OPERATOR).flatMap(owner -> store.deleted(limited.most()));
  }

  @DELETE
  @Path("/sites/{site}")
  @Operation(
      summary = "Deletes a site with all its numbers, votes and keys",
      description =
          "Nothing is counted or read any more at once; the data are deleted in the background, and"
              + " then the id is free again. This cannot be undone.")
  @APIResponse(responseCode = "202", description = "Gone; its data are being deleted")
  public Uni<RestResponse<Void>> deleteSite(
      @RestPath String site,
      @Parameter(description = "The site's id once more, as a confirmation", required = true)
          @RestQuery
          String confirm) {
    return access
        .site(
            site,
            Role.OPERATOR,
            (of, owner) -> {
              if (!of.slug().equals(confirm)) {
                throw Refusal.ofField("confirm", "add ?confirm=" + site + " to delete all of it");
              }
              return store.delete(of.id(), owner.name());
            })
        .map(done -> RestResponse.accepted());
  }
}

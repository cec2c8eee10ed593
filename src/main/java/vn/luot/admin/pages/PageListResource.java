package vn.luot.admin.pages;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.JsonBody;
import vn.luot.admin.call.Limited;
import vn.luot.admin.call.Part;
import vn.luot.admin.numbers.DaysAsked;
import vn.luot.admin.pages.PageList.SectionList;
import vn.luot.admin.pages.PageShown.PageOrder;
import vn.luot.admin.pages.PagesAsked.PageSort;
import vn.luot.site.PageRule;

/** A site's pages, as its owner reads them. */
@Path("/admin/v1/sites/{site}/pages")
@Produces(MediaType.APPLICATION_JSON)
public class PageListResource {
  private static final String PAGE = "The page's path or explicit id";

  @Inject Access access;
  @Inject PageLister lister;
  @Inject PageStore store;
  @Inject JsonBody json;
  @Inject Clock clock;

  @GET
  @Operation(
      summary = "Lists pages with views, visits and ratings",
      description =
          "Without from and to: of all time, with opening balances. With one of them: what was"
              + " counted in those local days, of pages viewed in them.")
  public Uni<PageList> listPages(
      @RestPath String site,
      @BeanParam DaysAsked days,
      @Parameter(
              description = "The order: " + PageSort.DESCRIPTION,
              // Unquoted they would be tried as numbers.
              schema = @Schema(defaultValue = "\"-views\""),
              example = "\"-average\"")
          @RestQuery
          @DefaultValue("-views")
          String sort,
      @BeanParam Part part,
      @Parameter(
              description =
                  "Only pages whose path or title has this in it, in capitals or not; % and _ are"
                      + " meant as such",
              schema = @Schema(maxLength = 100),
              example = "tin-tuc")
          @RestQuery
          String search,
      @Parameter(
              description =
                  "Only pages whose path begins with it, as they are listed. Where it ends with a"
                      + " slash, the page of that path without the slash is among them",
              schema = @Schema(maxLength = 512),
              example = "/tin-tuc/")
          @RestQuery
          String prefix) {
    return access.site(
        site,
        Role.VIEWER,
        of ->
            lister.list(
                of,
                PagesAsked.of(
                    days.wholeDaysIn(of.zone(), clock.instant()),
                    PageSort.of(sort),
                    search,
                    prefix,
                    part.most(),
                    part.cursor)));
  }

  @GET
  @Path("/sections")
  @Operation(
      summary = "Lists sections of a site, by the first part of its pages' paths, with their sums",
      description =
          "Of the pages /, /lien-he, /tin-tuc, /tin-tuc/a and /tin-tuc/b the sections are / (the"
              + " home page), /lien-he and /tin-tuc/. With prefix=/tin-tuc/ they are the sections"
              + " below that one. Without from and to: of all time, with opening balances.")
  public Uni<SectionList> listSections(
      @RestPath String site,
      @BeanParam DaysAsked days,
      @Parameter(
              description = "Sections below this one; it ends with a slash",
              schema = @Schema(maxLength = 512, defaultValue = "/"),
              example = "/tin-tuc/")
          @RestQuery
          @DefaultValue("/")
          String prefix,
      @BeanParam Limited limited) {
    return access.site(
        site,
        Role.VIEWER,
        of ->
            lister.sections(
                of,
                days.wholeDaysIn(of.zone(), clock.instant()),
                folder(PagesAsked.prefix(prefix)),
                limited.most()));
  }

  private static String folder(@Nullable String prefix) {
    return prefix == null || prefix.endsWith("/")
        ? Objects.requireNonNullElse(prefix, "/")
        : prefix + "/";
  }

  @PATCH
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(
      summary = "Sets a page's title, locks it, or hides the page from public lists",
      description =
          "What is sent is changed, and kept with who changed it and when. A page need not have"
              + " been viewed. In force on every pod within seconds.")
  @RequestBodySchema(PageOrder.class)
  @APIResponseSchema(value = PageShown.class, responseDescription = "How the page is shown now")
  public Uni<PageShown> changePage(
      @RestPath String site,
      @Parameter(description = PAGE, required = true, example = "/tin-tuc/a") @RestQuery
          String path,
      byte[] body) {
    return access.site(
        site,
        Role.EDITOR,
        (of, owner) ->
            store.change(
                of,
                PageRule.page(of, path, "path"),
                json.read(body, PageOrder.class).checked(),
                owner.name()));
  }

  @GET
  @Path("/shown")
  @Operation(
      summary = "Tells how a page is shown, and who changed that",
      description = "404 where nobody viewed or changed the page yet.")
  @APIResponseSchema(value = PageShown.class, responseDescription = "How the page is shown")
  public Uni<PageShown> readPageShown(
      @RestPath String site,
      @Parameter(description = PAGE, required = true, example = "/tin-tuc/a") @RestQuery
          String path) {
    return access.site(site, Role.READER, of -> store.read(of, PageRule.page(of, path, "path")));
  }
}

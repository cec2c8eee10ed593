package vn.luot.admin.baseline;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Owner;
import vn.luot.admin.access.Role;
import vn.luot.admin.baseline.BalanceWriter.Cause;
import vn.luot.admin.call.JsonBody;
import vn.luot.admin.call.Part;
import vn.luot.site.PageRule;
import vn.luot.site.Site;

/** What a site had counted before Luot. */
@Path("/admin/v1/sites/{site}/baselines")
@Produces(MediaType.APPLICATION_JSON)
public class BaselinesResource {
  @Inject Access access;
  @Inject BaselineStore store;
  @Inject JsonBody json;

  @GET
  @Operation(
      summary = "Lists a site's opening balances, and who entered them when and why",
      description = "Of both lists as many as limit says.")
  @APIResponseSchema(
      value = BaselineList.class,
      responseDescription = "Balances in force and entries")
  public Uni<BaselineList> listBaselines(
      @RestPath String site,
      @Parameter(
              description = "Lists this page only, by path or explicit id",
              example = "/tin-tuc/a")
          @RestQuery
          String page,
      @BeanParam Part part) {
    return access.site(
        site,
        Role.READER,
        of ->
            store.list(
                of.id(),
                page == null ? null : PageRule.page(of, page, "page"),
                BaselineStore.BaselineCursor.parse(part.cursor),
                part.most()));
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Enters the opening balance of the site, of a page or of a rating",
      description =
          "Without page: views and visits of the site, rating of the portal. A number that is"
              + " missing or null is left as it was; 0 takes it away. Balances are kept apart from"
              + " counted numbers and added to the numbers of all time when they are shown: at once"
              + " on the pod that answers, within two seconds on every other. Each call is one"
              + " entry that is never changed.")
  @RequestBodySchema(BaselineOrder.class)
  @APIResponseSchema(
      value = BaselineList.Current.class,
      responseDescription = "The balance as it is now")
  public Uni<BaselineList.Current> enterBaseline(@RestPath String site, byte[] body) {
    return access.site(site, Role.EDITOR, (of, owner) -> enter(of, owner, body));
  }

  private Uni<BaselineList.Current> enter(Site site, Owner owner, byte[] body) {
    BaselineOrder order = json.read(body, BaselineOrder.class);
    Balance balance = order.checked(site);
    return store
        .enter(site.id(), balance, new Cause(order.reason(), owner.name(), null))
        .chain(() -> store.one(site.id(), balance.page()));
  }
}

package vn.luot.admin.mail;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestPath;
import vn.luot.admin.access.Access;
import vn.luot.admin.access.Owner;
import vn.luot.admin.access.Role;
import vn.luot.admin.call.JsonBody;
import vn.luot.admin.call.Turns;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;

/** Who is sent a site's report by mail each month. */
@Path("/admin/v1/sites/{site}/mails")
@Produces(MediaType.APPLICATION_JSON)
public class MailsResource {
  @Inject Access access;
  @Inject MonthlyMails mails;
  @Inject MailStore store;
  @Inject Post post;
  @Inject JsonBody json;
  @Inject Turns turns;
  @Inject CurrentVertxRequest request;

  @GET
  @Operation(
      operationId = "listReportMails",
      summary = "Lists who is sent the report of each month, and what became of the last one",
      description = "Those that were removed as well, for a year; at most 50.")
  public Uni<Mail.MailList> list(@RestPath String site) {
    return access
        .site(site, Role.EDITOR, of -> PostgresAnswer.read(store.list(of.id())))
        .map(found -> new Mail.MailList(post.isOn(), found));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "addReportMail",
      summary = "Has the report of each month sent to an address",
      description =
          "From the first of the next month on. Editors may name addresses of the domains that the"
              + " service is set up with; others take an operator of all sites. Named again, an"
              + " address takes the new language. 409 where the service sends no mails, or has no"
              + " room for another address.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = Mail.Order.class)))
  public Uni<Mail> add(@RestPath String site, byte[] body) {
    return access
        .site(
            site,
            Role.EDITOR,
            (of, owner) -> {
              Mail.Order order = json.read(body, Mail.Order.class);
              order.require();
              requireOn();
              requireAllowed(order.recipient(), owner);
              return PostgresAnswer.write(store.add(of.id(), order, owner.name(), mails.over(of)));
            })
        .onItem()
        .ifNull()
        .failWith(
            () ->
                Refusal.of(
                    Reason.CONFLICT,
                    "A site has %d addresses, those removed within a day among them."
                        .formatted(post.config().mostAddresses())));
  }

  private void requireOn() {
    if (!post.isOn()) {
      throw Refusal.of(Reason.CONFLICT, "This service sends no mails: luot.mail.host is not set.");
    }
  }

  private void requireAllowed(String address, Owner by) {
    String domain = address.substring(address.indexOf('@')).toLowerCase(Locale.ROOT);
    boolean allowed =
        post.config().domains().orElse(Set.of()).stream()
            .map(known -> known.toLowerCase(Locale.ROOT))
            .anyMatch(known -> domain.endsWith("." + known) || domain.equals("@" + known));
    if (!allowed && !(by.everySite() && by.role() == Role.OPERATOR)) {
      throw Refusal.of(
          Reason.NOT_PERMITTED, "An address of this domain takes an operator of all sites.");
    }
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      operationId = "removeReportMail",
      summary = "Sends an address no more reports",
      description = "The address is forgotten; who removed it and when is kept for a year.")
  public Uni<Void> remove(@RestPath String site, @RestPath int id) {
    return access
        .site(
            site,
            Role.EDITOR,
            (of, owner) -> PostgresAnswer.write(store.remove(of.id(), id, owner.name())))
        .invoke(MailsResource::requireKnown)
        .replaceWithVoid();
  }

  private static void requireKnown(boolean known) {
    if (!known) {
      throw Refusal.of(Reason.NOT_FOUND, "No address has this id here.");
    }
  }

  @POST
  @Path("/{id}/sending")
  @Operation(
      operationId = "sendReportMail",
      summary = "Sends the last month's report now",
      description =
          "Answers when the mail server has taken or refused it, or after 30 seconds. Once a minute"
              + " for all addresses of a site.")
  public Uni<Mail> send(@RestPath String site, @RestPath int id) {
    return access.site(
        site,
        Role.EDITOR,
        of -> {
          requireOn();
          return PostgresAnswer.read(store.list(of.id()))
              .invoke(
                  all ->
                      requireKnown(
                          all.stream().anyMatch(m -> m.id() == id && m.removedAt() == null)))
              .flatMap(all -> mails.sendNow(of, id, this::rest));
        });
  }

  /** Waiting for the mail server keeps no other call from its turn. */
  private void rest() {
    turns.rest(request.getCurrent());
  }
}

package vn.luot.admin.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import vn.luot.admin.call.QueryParameters;
import vn.luot.admin.call.Turns;
import vn.luot.connection.BodyLimits;
import vn.luot.connection.RequestStep;
import vn.luot.connection.postgres.PostgresAnswer;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.refusal.Refusals;
import vn.luot.site.Site;
import vn.luot.site.registry.Sites;

/**
 * The way into every admin call: no call gets at a site but through here, with the role it needs.
 */
@Singleton
public record Access(
    IdentityProviderManager identities,
    OidcOwner people,
    FailedKeys failures,
    Sites sites,
    Turns turns,
    QueryParameters parameters,
    CurrentVertxRequest request) {
  /**
   * The caller, who has at least this role, when it is their turn. Fails with 401, 403, 429 or 503.
   */
  public Uni<Owner> owner(Role needed) {
    RoutingContext call = request.getCurrent();
    return caller(call)
        .invoke(owner -> owner.requireRole(needed))
        .invoke(owner -> parameters.requireKnown(call.request()))
        .call(owner -> turns.take(whose(owner), call));
  }

  /**
   * Reads no large body of whom it will refuse: a body is kept in memory until it is whole, and a
   * stranger may send thousands at once. Others are let in before they have their turn.
   */
  void register(@Observes Filters filters) {
    RequestStep.OWNERS_BODIES.take(filters, this::admitBody);
  }

  private void admitBody(RoutingContext call) {
    if (!call.request().path().startsWith("/admin/v1/") || !BodyLimits.isLarge(call.request())) {
      call.next();
      return;
    }
    Context loop = Vertx.currentContext();
    call.request().pause();
    BiConsumer<RoutingContext, Throwable> answeredHere = (refused, failure) -> {};
    // Otherwise the framework would answer as well.
    call.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, answeredHere);
    caller(call)
        .invoke(owner -> turns.open(whose(owner), call))
        .emitOn(next -> loop.runOnContext(now -> next.run()))
        .subscribe()
        .with(opened -> call.next(), failure -> refuse(call, Refusals.of(failure)));
  }

  private static void refuse(RoutingContext call, Refusal refusal) {
    call.fail(refusal.reason().status(), refusal);
  }

  private Uni<Owner> caller(RoutingContext call) {
    return PostgresAnswer.read(
        Uni.createFrom()
            .item(call)
            .invoke(asked -> sites.requireLoaded())
            .flatMap(this::identity)
            .onFailure(AuthenticationFailedException.class)
            .transform(e -> failures.refusal(call))
            .flatMap(this::owner));
  }

  /** Each link by itself: whoever has it takes nothing from the site's owners. */
  private static Turns.Whose whose(Owner owner) {
    boolean link = owner.role() == Role.VIEWER;
    return new Turns.Whose(owner.siteId() == null || link ? owner.name() : owner.siteId(), link);
  }

  /** As {@link #owner}, for what concerns no single site. */
  public Uni<Owner> ownerOfAll(Role needed) {
    return owner(needed)
        .invoke(
            owner -> {
              if (!owner.everySite()) {
                throw outOfReach();
              }
            });
  }

  /** As {@link #site(String, Role, BiFunction)}, whoever it is. */
  public <T> Uni<T> site(String slug, Role needed, Function<Site, Uni<T>> answer) {
    return site(slug, needed, (site, owner) -> answer.apply(site));
  }

  /**
   * Answers with the site, as PostgreSQL has it at this moment. Whoever may reach one site only is
   * told the same of all others, whether they exist or not.
   */
  public <T> Uni<T> site(String slug, Role needed, BiFunction<Site, Owner, Uni<T>> answer) {
    return owner(needed)
        .flatMap(
            owner ->
                PostgresAnswer.read(sites.fresh(slug))
                    .flatMap(site -> answer.apply(reach(owner, site), owner)));
  }

  private static Site reach(Owner owner, Site site) {
    if (!owner.everySite() && (site == null || !owner.reaches(site))) {
      throw outOfReach();
    }
    if (site == null) {
      throw Refusal.of(Reason.UNKNOWN_SITE, "Use the id the site was registered under.");
    }
    return site;
  }

  private static Refusal outOfReach() {
    return Refusal.of(Reason.NOT_PERMITTED, "The key reaches its own sites only.");
  }

  private Uni<SecurityIdentity> identity(RoutingContext call) {
    Uni<SecurityIdentity> identity = QuarkusHttpUser.getSecurityIdentity(call, identities);
    return KeyMechanism.isKeySent(call) ? identity : people.answered(identity);
  }

  private Uni<Owner> owner(SecurityIdentity identity) {
    Owner owner = identity.getAttribute(Owner.ATTRIBUTE);
    return owner != null ? Uni.createFrom().item(owner) : people.of(identity);
  }
}

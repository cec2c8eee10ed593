package vn.luot.admin.access;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.luot.admin.access.owner.FailedKeys;
import vn.luot.admin.access.owner.Owner;
import vn.luot.admin.access.owner.Role;
import vn.luot.admin.body.QueryParameters;
import vn.luot.admin.turn.Turns;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;
import vn.luot.site.registry.SiteRow;
import vn.luot.site.registry.Sites;

/**
 * The way into every admin call: no call gets at a site but through here, with the role it needs.
 */
@ApplicationScoped
public class Access {
  /** Before the connection of an owner who waits is closed as idle. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final IdentityProviderManager identities;
  private final OidcOwner people;
  private final FailedKeys failures;
  private final Sites sites;
  private final Turns turns;
  private final QueryParameters parameters;
  private final CurrentVertxRequest request;

  Access(
      IdentityProviderManager identities,
      OidcOwner people,
      FailedKeys failures,
      Sites sites,
      Turns turns,
      QueryParameters parameters,
      CurrentVertxRequest request) {
    this.identities = identities;
    this.people = people;
    this.failures = failures;
    this.sites = sites;
    this.turns = turns;
    this.parameters = parameters;
    this.request = request;
  }

  /**
   * Parses a query before any call does: the first one loads hundreds of classes, which takes
   * seconds on a busy machine and would hold an event loop meanwhile.
   */
  void start(@Observes StartupEvent start, Mutiny.SessionFactory hibernate) {
    hibernate.getCriteriaBuilder().createQuery("from SiteRow where slug = ?1", SiteRow.class);
  }

  /** A site within reach, and who reaches for it. */
  public record Reached(Owner owner, Site site) {}

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

  /** Lets the caller send a large body, before it has its turn. Fails as {@link #owner}. */
  Uni<Void> open(RoutingContext call) {
    return caller(call).invoke(owner -> turns.open(whose(owner), call)).replaceWithVoid();
  }

  private Uni<Owner> caller(RoutingContext call) {
    return Uni.createFrom()
        .item(call)
        .invoke(asked -> sites.requireLoaded())
        .flatMap(asked -> QuarkusHttpUser.getSecurityIdentity(asked, identities))
        .onFailure(AuthenticationFailedException.class)
        .transform(e -> failures.refusal(call))
        .flatMap(this::owner)
        .onFailure(Access::isOfStore)
        .transform(Access::unreadable);
  }

  /** Each link by itself: whoever has it takes nothing from the site's owners. */
  private static Object whose(Owner owner) {
    return owner.siteId() == null || owner.role() == Role.VIEWER ? owner.name() : owner.siteId();
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

  /**
   * The site, as PostgreSQL has it at this moment. Whoever may reach one site only is told the same
   * of all others, whether they exist or not.
   */
  public Uni<Reached> site(String slug, Role needed) {
    return owner(needed)
        .flatMap(
            owner ->
                Panache.withSession(() -> SiteRow.bySlug(slug))
                    .ifNoItem()
                    .after(LIMIT)
                    .fail()
                    .onFailure(Access::isOfStore)
                    .transform(Access::unreadable)
                    .map(site -> new Reached(owner, reach(owner, site))));
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

  private static boolean isOfStore(Throwable failure) {
    return !(failure instanceof Refusal
        || failure instanceof SecurityException
        || failure instanceof HttpClosedException);
  }

  private static Refusal unreadable(Throwable failure) {
    Log.warnf("Nobody can be let in: %s", failure);
    return Refusal.forNow(Reason.NOT_READABLE, "PostgreSQL does not answer; try again.");
  }

  private static Refusal outOfReach() {
    return Refusal.of(Reason.NOT_PERMITTED, "The key reaches its own sites only.");
  }

  private Uni<Owner> owner(SecurityIdentity identity) {
    Owner owner = identity.getAttribute(Owner.ATTRIBUTE);
    return owner != null
        ? Uni.createFrom().item(owner)
        : Panache.withSession(() -> people.of(identity));
  }
}

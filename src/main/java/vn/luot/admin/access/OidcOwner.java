package vn.luot.admin.access;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import vn.luot.refusal.Reason;
import vn.luot.refusal.Refusal;
import vn.luot.site.registry.Sites;

/**
 * The owner a person is who logged in elsewhere (OpenID Connect, off by default): the role is the
 * highest of {@code luot-viewer}, {@code luot-reader}, {@code luot-editor} and {@code
 * luot-operator}, the site is named by a claim.
 */
@Singleton
class OidcOwner {
  private static final String EVERY_SITE = "*";

  private final Sites sites;
  private final String siteClaim;
  private final Duration limit;

  OidcOwner(
      Sites sites,
      AccessConfig config,
      @ConfigProperty(name = "quarkus.oidc.connection-timeout") Duration limit) {
    this.sites = sites;
    this.siteClaim = config.oidcSiteClaim();
    this.limit = limit;
  }

  /** Refused with 503 where the provider does not answer. */
  <T> Uni<T> answered(Uni<T> asked) {
    return asked
        .ifNoItem()
        .after(limit)
        .failWith(() -> new OIDCException("no answer"))
        .onFailure(OIDCException.class)
        .transform(
            e ->
                Refusal.forNow(
                    Reason.NOT_READABLE, "The OpenID provider does not answer; try again."));
  }

  Uni<Owner> of(SecurityIdentity identity) {
    if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
      throw Refusal.of(Reason.UNAUTHENTICATED, "Send Authorization: Bearer <key>.");
    }
    Role role = role(identity);
    Object site = token.getClaim(siteClaim);
    if (role == null || site == null) {
      throw Refusal.of(
          Reason.NOT_PERMITTED,
          "The token needs a role luot-viewer, -reader, -editor or -operator and the claim "
              + siteClaim
              + ".");
    }
    String name = "person " + token.getName();
    return site.toString().equals(EVERY_SITE)
        ? Uni.createFrom().item(new Owner(name, role, null, null, null))
        : sites
            .fresh(site.toString())
            .map(found -> new Owner(name, role, found == null ? 0 : found.id(), null, null));
  }

  private static @Nullable Role role(SecurityIdentity identity) {
    Role highest = null;
    for (Role role : Role.values()) {
      highest = identity.hasRole("luot-" + role.label()) ? role : highest;
    }
    return highest;
  }
}

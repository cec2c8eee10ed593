package vn.luot.admin.access.owner;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Turns a key into the owner it belongs to. */
@Singleton
record KeyIdentities(ApiKeys keys) implements IdentityProvider<KeyRequest> {
  @Override
  public Class<KeyRequest> getRequestType() {
    return KeyRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      KeyRequest request, AuthenticationRequestContext context) {
    return keys.find(request.key(), request.call())
        .onItem()
        .ifNull()
        .failWith(() -> new AuthenticationFailedException("unknown key"))
        .map(KeyIdentities::identity);
  }

  private static SecurityIdentity identity(Owner owner) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(owner.name()))
        .addRole("luot-" + owner.role().label())
        .addAttribute(Owner.ATTRIBUTE, owner)
        .build();
  }
}

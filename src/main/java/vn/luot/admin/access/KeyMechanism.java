package vn.luot.admin.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes {@code Authorization: Bearer <key>}, and says whose the key is. A JSON Web Token is left to
 * OIDC, where that is switched on.
 */
@Singleton
record KeyMechanism(ApiKeys keys) implements HttpAuthenticationMechanism {
  private static final String BEARER = "Bearer ";
  private static final int LONGEST = 4096;

  /** Three parts in Base64, the first of which begins with a brace and a quotation mark. */
  private static final Pattern JSON_WEB_TOKEN = Pattern.compile("ey[^.]*\\.[^.]*\\.[^.]*");

  /** Before OIDC, which would take any bearer token for its own. */
  private static final int PRIORITY = 2000;

  /** Asks no identity provider: there is one kind of key. */
  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    String key = key(context.request().getHeader("Authorization"));
    return key == null
        ? Uni.createFrom().nullItem()
        : keys.find(key, context)
            .onItem()
            .ifNull()
            .failWith(() -> new AuthenticationFailedException("unknown key"))
            .map(KeyMechanism::identity);
  }

  /** Whether the caller sends a key, and nothing for OIDC. */
  static boolean isKeySent(RoutingContext context) {
    return key(context.request().getHeader("Authorization")) != null;
  }

  private static @Nullable String key(String header) {
    if (header == null
        || header.length() > LONGEST
        || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String key = header.substring(BEARER.length()).strip();
    return key.isEmpty() || JSON_WEB_TOKEN.matcher(key).matches() ? null : key;
  }

  private static SecurityIdentity identity(Owner owner) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(owner.name()))
        .addRole("luot-" + owner.role().label())
        .addAttribute(Owner.ATTRIBUTE, owner)
        .build();
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }
}

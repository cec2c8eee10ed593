package vn.luot.admin.access.owner;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes {@code Authorization: Bearer <key>}. A JSON Web Token is left to OIDC, where that is
 * switched on.
 */
@ApplicationScoped
class KeyMechanism implements HttpAuthenticationMechanism {
  private static final String BEARER = "Bearer ";
  private static final int LONGEST = 4096;

  /** Three parts in Base64, the first of which begins with a brace and a quotation mark. */
  private static final Pattern JSON_WEB_TOKEN = Pattern.compile("ey[^.]*\\.[^.]*\\.[^.]*");

  /** Before OIDC, which would take any bearer token for its own. */
  private static final int PRIORITY = 2000;

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    String key = key(context.request().getHeader("Authorization"));
    return key == null
        ? Uni.createFrom().nullItem()
        : identities.authenticate(new KeyRequest(key, context));
  }

  private static String key(String header) {
    if (header == null
        || header.length() > LONGEST
        || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String key = header.substring(BEARER.length()).strip();
    return key.isEmpty() || JSON_WEB_TOKEN.matcher(key).matches() ? null : key;
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(KeyRequest.class);
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }
}

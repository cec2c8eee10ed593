package vn.luot.admin.access.owner;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.vertx.ext.web.RoutingContext;

/** A key that came with a call. */
final class KeyRequest extends BaseAuthenticationRequest {
  private final String key;
  private final RoutingContext call;

  KeyRequest(String key, RoutingContext call) {
    this.key = key;
    this.call = call;
  }

  String key() {
    return key;
  }

  RoutingContext call() {
    return call;
  }
}

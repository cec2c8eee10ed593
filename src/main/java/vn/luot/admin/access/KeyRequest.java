package vn.luot.admin.access;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** A key that came with a call. */
final class KeyRequest extends BaseAuthenticationRequest {
  private final String key;

  KeyRequest(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }
}

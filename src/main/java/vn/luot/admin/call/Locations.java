package vn.luot.admin.call;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where what was made can be read. Without scheme and host: behind a proxy that ends TLS the
 * service knows neither.
 */
@Singleton
public class Locations {
  private final String base;

  Locations(@ConfigProperty(name = "luot.widget.base-path", defaultValue = "/") String base) {
    this.base = base.equals("/") ? "" : base;
  }

  /** {@code path} begins with a slash. */
  public String of(String path) {
    return base + path;
  }
}

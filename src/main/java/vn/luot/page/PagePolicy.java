package vn.luot.page;

import java.util.List;

/** What a page of ours may load and do, so that nothing smuggled into it can do more. */
enum PagePolicy {
  /** Reads numbers with a key: nothing but its own files, in no frame unless they are shared. */
  OWNERS(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),

  /** Swagger UI: the framework writes its start into the page, and its parts style themselves. */
  CALLS(
      "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
          + " form-action 'none'"),

  /** The demo portal and the pages on embedding: as strict a page as the widget must work in. */
  PORTAL("default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'");

  private static final List<String> PORTAL_PAGES =
      List.of(
          "/",
          "/index.html",
          "/nhung.html",
          "/embed.html",
          "/khong-thay-so.html",
          "/no-numbers.html");

  final String content;

  PagePolicy(String content) {
    this.content = content;
  }

  /** By normalised path; null for what is no page. */
  static PagePolicy of(String path) {
    if (path.startsWith("/v1/") || path.startsWith("/admin/v1/")) {
      return null;
    }
    if (path.startsWith("/admin/")) {
      return OWNERS;
    }
    if (path.startsWith("/q/swagger-ui")) {
      return CALLS;
    }
    return PORTAL_PAGES.contains(path) || path.startsWith("/tin-tuc/") ? PORTAL : null;
  }
}

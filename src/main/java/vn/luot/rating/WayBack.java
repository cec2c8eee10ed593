package vn.luot.rating;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import vn.luot.refusal.Refusal;
import vn.luot.site.Site;

/**
 * Where a voter returns to: never anywhere but to the site, or a stranger's link would send people
 * from here to anywhere.
 */
final class WayBack {
  private WayBack() {}

  /**
   * The address that the form names; else the page that shows it, as far as its browser tells; else
   * the page that is rated, since browsers mostly tell the origin alone.
   */
  static URI of(Site site, VoteForm form, HttpServerRequest request) {
    if (form.back() != null && !form.back().isBlank()) {
      URI named = onSite(site, form.back());
      if (named == null) {
        throw Refusal.ofField("back", "an address of the site to return to");
      }
      return named;
    }
    URI referer = onSite(site, request.getHeader("Referer"));
    String page = form.page() == null ? "" : form.page().strip();
    if (referer != null && (referer.getPath().length() > 1 || !page.startsWith("/"))) {
      return referer;
    }
    URI whole = onSite(site, page);
    if (whole != null) {
      return whole;
    }
    String origin =
        referer == null
            ? site.rules().origins().stream().sorted().findFirst().orElse("")
            : referer.getScheme() + "://" + referer.getRawAuthority();
    URI way = onSite(site, origin + (page.startsWith("/") ? page : "/"));
    if (way == null) {
      throw Refusal.ofField("back", "an address of the site to return to");
    }
    return way;
  }

  /** Null where it is no address of the site. */
  private static URI onSite(Site site, String address) {
    try {
      // Browsers leave some characters as they are that java.net.URI does not know.
      URI way = URI.create(address == null ? "" : address.replaceAll("[ |{}^`\"<>\\\\]", "_"));
      String port = way.getPort() < 0 ? "" : ":" + way.getPort();
      boolean allowed =
          way.getUserInfo() == null
              && site.rules().origins().contains(way.getScheme() + "://" + way.getHost() + port);
      return allowed ? URI.create(way.toASCIIString()) : null;
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }
}

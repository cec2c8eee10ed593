package vn.luot.widget.script;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import vn.luot.widget.Asset;
import vn.luot.widget.AssetHandler;
import vn.luot.widget.WidgetConfig;

/**
 * Serves the scripts and the pages that explain them to owners; routes and not resources, because
 * the script's file name is a setting.
 */
@ApplicationScoped
class ScriptRoutes {

  /** How to embed, and why no number may be seen, in Vietnamese and in English. */
  private static final List<String> GUIDES =
      List.of("nhung.html", "embed.html", "khong-thay-so.html", "no-numbers.html");

  void register(@Observes Router router, Scripts scripts, WidgetConfig config) {
    serve(
        router,
        "widget.js",
        new AssetHandler(scripts.counters, AssetHandler.SCRIPT, scripts.counters.digest()));
    if (!config.script().equals("widget.js")) {
      serve(
          router,
          config.script(),
          new AssetHandler(scripts.counters, AssetHandler.SCRIPT, scripts.counters.digest()));
    }
    scripts.parts.forEach(
        (file, part) ->
            serve(router, file, new AssetHandler(part, AssetHandler.SCRIPT, scripts.version)));
    for (var name : GUIDES) {
      var guide =
          Scripts.resource(name)
              .replace("@script@", config.script())
              .replace("@integrity@", scripts.counters.integrity());
      var page = Asset.of(guide);
      serve(router, name, new AssetHandler(page, AssetHandler.PAGE, page.digest()));
    }
  }

  private static void serve(Router router, String file, AssetHandler handler) {
    router.route(HttpMethod.GET, "/" + file).handler(handler);
    router.route(HttpMethod.HEAD, "/" + file).handler(handler);
  }
}

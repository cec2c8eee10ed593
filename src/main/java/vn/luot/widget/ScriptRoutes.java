package vn.luot.widget;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Serves the scripts and the pages that explain them to owners; routes and not resources, because
 * the script's file name is a setting.
 */
@ApplicationScoped
class ScriptRoutes {

  /** The same page in Vietnamese and in English. */
  private static final List<String> GUIDES = List.of("nhung.html", "embed.html");

  void register(@Observes Router router, Scripts scripts, WidgetConfig config) {
    serve(router, "widget.js", new AssetHandler(scripts.counters, AssetHandler.SCRIPT));
    if (!config.script().equals("widget.js")) {
      serve(router, config.script(), new AssetHandler(scripts.counters, AssetHandler.SCRIPT));
    }
    scripts.parts.forEach(
        (file, part) -> serve(router, file, new AssetHandler(part, AssetHandler.SCRIPT)));
    for (var name : GUIDES) {
      var guide =
          Scripts.resource(name)
              .replace("@script@", config.script())
              .replace("@integrity@", scripts.counters.integrity());
      serve(router, name, new AssetHandler(Asset.of(guide), AssetHandler.PAGE));
    }
  }

  private static void serve(Router router, String file, AssetHandler handler) {
    router.route(HttpMethod.GET, "/" + file).handler(handler);
    router.route(HttpMethod.HEAD, "/" + file).handler(handler);
  }
}

package vn.luot.widget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Serves the scripts that the build made from {@code src/main/resources/widget}, and the pages that
 * explain them to owners; routes and not resources, because the script's file name is a setting.
 */
@Singleton
class ScriptRoutes {

  /** Each is known by its digest to those after it: the last one to the script itself. */
  private static final List<String> PARTS =
      List.of("rating", "lists", "nukeviet", "downloads", "why", "more");

  /** How to embed, and why no number may be seen, in Vietnamese and in English. */
  static final List<String> GUIDES =
      List.of("nhung.html", "embed.html", "khong-thay-so.html", "no-numbers.html");

  void register(@Observes Router router, Config config) {
    Map<String, Asset> parts = new LinkedHashMap<>();
    for (var name : PARTS) {
      parts.put(name, Asset.script(withDigests(resource(name + ".min.js"), parts)));
    }
    // Names all the parts: pages ask for each of them by it.
    var version = Objects.requireNonNull(parts.get("more")).digest();
    parts.forEach((name, part) -> serve(router, "luot-" + name + ".js", part, version));
    var written = withDigests(resource("counters.min.js"), parts);
    var script = Asset.script(written.replace("@script@", config.script()));
    for (var name : new TreeSet<>(List.of("widget.js", config.script()))) {
      serve(router, name, script, script.digest());
    }
    for (var name : GUIDES) {
      var guide =
          Asset.page(
              resource(name)
                  .replace("@script@", config.script())
                  .replace("@integrity@", script.integrity()));
      serve(router, name, guide, guide.digest());
    }
  }

  private static String withDigests(String script, Map<String, Asset> parts) {
    var written = script;
    for (var part : parts.entrySet()) {
      written = written.replace("@" + part.getKey() + "@", part.getValue().integrity());
    }
    return written;
  }

  private static void serve(Router router, String file, Asset asset, String version) {
    for (var method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
      router.route(method, "/" + file).handler(context -> asset.send(context, version));
    }
  }

  private static String resource(String name) {
    try (var in = ScriptRoutes.class.getResourceAsStream("/widget/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Under which public address pages load the script. */
  @ConfigMapping(prefix = "luot.widget")
  public interface Config {

    /**
     * A further file name of the script, for sites whose visitors use blockers that match
     * well-known names. {@code widget.js} always answers as well.
     */
    @WithDefault("widget.js")
    String script();

    /**
     * A path in front of everything, such as {@code /thong-ke}, for a service that shares a
     * portal's own host. It starts with a slash and ends without one; {@code /} alone stands for
     * none.
     */
    @WithDefault("/")
    String basePath();
  }
}

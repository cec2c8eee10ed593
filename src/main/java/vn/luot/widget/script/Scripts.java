package vn.luot.widget.script;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vn.luot.widget.Asset;
import vn.luot.widget.WidgetConfig;

/** The scripts that the build made from {@code src/main/resources/widget}. */
@Singleton
class Scripts {

  /** Each is known by its digest to those after it: the last one to the script itself. */
  private static final List<String> PARTS =
      List.of("rating", "lists", "nukeviet", "downloads", "why", "more");

  final Asset counters;

  /** By file name. */
  final Map<String, Asset> parts = new LinkedHashMap<>();

  /** Names all the parts: pages ask for each of them by it. */
  final String version;

  Scripts(WidgetConfig config) {
    for (var name : PARTS) {
      parts.put("luot-" + name + ".js", Asset.of(withDigests(resource(name + ".min.js"))));
    }
    version = parts.get("luot-more.js").digest();
    counters =
        Asset.of(withDigests(resource("counters.min.js")).replace("@script@", config.script()));
  }

  private String withDigests(String script) {
    var written = script;
    for (var name : PARTS) {
      var part = parts.get("luot-" + name + ".js");
      written = part == null ? written : written.replace("@" + name + "@", part.integrity());
    }
    return written;
  }

  static String resource(String name) {
    try (var in = Scripts.class.getResourceAsStream("/widget/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

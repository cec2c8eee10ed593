package vn.luot.widget;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The scripts that the build made from {@code src/main/resources/widget}. */
@Singleton
class Scripts {

  private static final List<String> PARTS = List.of("lists", "rating", "nukeviet");

  final Asset counters;

  /** By file name. */
  final Map<String, Asset> parts = new LinkedHashMap<>();

  Scripts() {
    var script = resource("counters.min.js");
    for (var name : PARTS) {
      var part = Asset.of(resource(name + ".min.js"));
      parts.put("luot-" + name + ".js", part);
      script = script.replace("@" + name + "@", part.integrity());
    }
    counters = Asset.of(script);
  }

  static String resource(String name) {
    try (var in = Scripts.class.getResourceAsStream("/widget/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

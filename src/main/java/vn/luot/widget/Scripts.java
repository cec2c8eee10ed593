package vn.luot.widget;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The scripts that the build made from {@code src/main/resources/widget}. */
@Singleton
class Scripts {

  final Asset counters;
  final Asset lists;
  final Asset rating;

  Scripts() {
    lists = Asset.of(resource("lists.min.js"));
    rating = Asset.of(resource("rating.min.js"));
    // The digest in the address keeps a newer widget.js from meeting an older part.
    counters =
        Asset.of(
            resource("counters.min.js")
                .replace("@lists.file@", "luot-lists.js?v=" + lists.digest())
                .replace("@lists.integrity@", lists.integrity())
                .replace("@rating.file@", "luot-rating.js?v=" + rating.digest())
                .replace("@rating.integrity@", rating.integrity()));
  }

  private static String resource(String name) {
    try (var in = Scripts.class.getResourceAsStream("/widget/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

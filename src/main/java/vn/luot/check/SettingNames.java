package vn.luot.check;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** Names at the start what is set and does nothing: a setting that was renamed or misspelt. */
@Singleton
class SettingNames {
  /** A line of the sample configuration, which has all settings. */
  private static final Pattern SETTING = Pattern.compile("(?m)^#([A-Z0-9_]+)=");

  /** Another, about a setting of an older version. */
  private static final Pattern RENAMED =
      Pattern.compile("(?m)^# (LUOT_[A-Z0-9_]+) is now ([A-Z0-9_]+)");

  /** Of the start script, of tests, and what Kubernetes makes of a service's name. */
  private static final Pattern OF_OTHERS =
      Pattern.compile("LUOT_(ENV|TEST_.*|(\\w+_)?(SERVICE_HOST|SERVICE_PORT|PORT)(_.*)?)");

  void check(@Observes StartupEvent start) throws IOException {
    try (InputStream sample = SettingNames.class.getResourceAsStream("/luot.env")) {
      wrong(
              new String(sample.readAllBytes(), StandardCharsets.UTF_8),
              ConfigProvider.getConfig().getPropertyNames())
          .forEach(Log::warn);
    }
  }

  /** A sentence about each name that is no setting. */
  static List<String> wrong(String sample, Iterable<String> given) {
    var settings =
        SETTING.matcher(sample).results().map(found -> found.group(1)).collect(Collectors.toSet());
    var renamed =
        RENAMED
            .matcher(sample)
            .results()
            .collect(Collectors.toMap(found -> found.group(1), (MatchResult f) -> f.group(2)));
    TreeSet<String> names = new TreeSet<>();
    given.forEach(
        name -> names.add(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')));
    List<String> wrong = new ArrayList<>();
    for (String name : names.tailSet("LUOT_").headSet("LUOT`")) {
      if (renamed.containsKey(name)) {
        wrong.add(name + " is set and does nothing: it is now called " + renamed.get(name));
      } else if (!settings.contains(name) && !OF_OTHERS.matcher(name).matches()) {
        wrong.add(name + " is set and does nothing: no setting has this name");
      }
    }
    return wrong;
  }
}

package vn.luot.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Time zones whose clocks go forward or back by an hour within minutes, at half past eleven in the
 * evening: one has no midnight that day, the other has a long one, and hours end in the middle. A
 * pod has them when this class lies on its boot class path; nothing else of the tests does.
 */
public final class ChangingZones extends ZoneRulesProvider {
  private static final String FIRST = "luot.test.first-change";
  private static final int EVERY_SECONDS = 15;
  private static final int COUNT = 40;
  private static final int CHANGE_SECONDS = 3_600;
  private static final int HALF_PAST_SECONDS = 1_800;

  private final Map<String, ZoneRules> rules = new HashMap<>();

  /** Called by the JVM, which finds it by the file that {@link #options} writes. */
  public ChangingZones() {
    long first = Long.getLong(FIRST, 0);
    for (long n = 0; n < COUNT; n++) {
      Instant change = Instant.ofEpochSecond(first + n * EVERY_SECONDS);
      rules.put(forward(change), rules(change, CHANGE_SECONDS));
      rules.put(back(change), rules(change, -CHANGE_SECONDS));
    }
  }

  static String forward(Instant change) {
    return "Forward/" + change.getEpochSecond();
  }

  static String back(Instant change) {
    return "Back/" + change.getEpochSecond();
  }

  /** The first change that is so many seconds away. */
  static Instant next(Instant first, int seconds) {
    Instant next = first;
    while (next.isBefore(Instant.now().plusSeconds(seconds))) {
      next = next.plusSeconds(EVERY_SECONDS);
    }
    return next;
  }

  /** An offset at which a day ends then: to the second, which offsets may have. */
  static ZoneOffset midnightAt(Instant instant) {
    int second = LocalTime.ofInstant(instant, ZoneOffset.UTC).toSecondOfDay();
    int untilMidnight = 86_400 - second;
    return ZoneOffset.ofTotalSeconds(
        untilMidnight <= 12 * 3_600 ? untilMidnight : untilMidnight - 86_400);
  }

  private static ZoneRules rules(Instant change, int seconds) {
    ZoneOffset before = midnightAt(change.plusSeconds(HALF_PAST_SECONDS));
    ZoneOffset after = ZoneOffset.ofTotalSeconds(before.getTotalSeconds() + seconds);
    LocalDateTime local = LocalDateTime.ofInstant(change, before);
    return ZoneRules.of(
        before,
        before,
        List.of(),
        List.of(ZoneOffsetTransition.of(local, before, after)),
        List.of());
  }

  /** What a JVM is told so that it has them. */
  static List<String> options(Path directory, Instant first) throws IOException {
    String file = ChangingZones.class.getName().replace('.', '/') + ".class";
    Path services = directory.resolve("META-INF/services");
    Files.createDirectories(services);
    Files.writeString(
        services.resolve(ZoneRulesProvider.class.getName()), ChangingZones.class.getName());
    Files.createDirectories(directory.resolve(file).getParent());
    Files.write(
        directory.resolve(file),
        ChangingZones.class.getClassLoader().getResourceAsStream(file).readAllBytes());
    return List.of("-Xbootclasspath/a:" + directory, "-D" + FIRST + "=" + first.getEpochSecond());
  }

  @Override
  protected Set<String> provideZoneIds() {
    return Set.copyOf(rules.keySet());
  }

  @Override
  protected ZoneRules provideRules(String zone, boolean forCaching) {
    ZoneRules found = rules.get(zone);
    if (found == null) {
      throw new ZoneRulesException("unknown: " + zone);
    }
    return found;
  }

  @Override
  protected NavigableMap<String, ZoneRules> provideVersions(String zone) {
    return new TreeMap<>(Map.of("1", provideRules(zone, false)));
  }
}

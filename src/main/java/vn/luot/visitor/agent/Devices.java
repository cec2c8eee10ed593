package vn.luot.visitor.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells devices apart by what {@code robots/devices.txt} lists: phone, tablet or desktop, the
 * family of the browser, and the operating system. There are a few hundred at most, whatever agents
 * are sent. Client hints are not asked: of these three they say nothing that User-Agent does not.
 */
public final class Devices {
  private static final String OTHER = "Other";
  private static final Map<String, List<Sign>> LISTS = lists();

  /** Where no agent is named. */
  static final String UNKNOWN = of("");

  private Devices() {}

  private record Sign(String name, String text) {}

  /** Such as {@code Phone|Chrome|Android}. */
  static String of(String agent) {
    String lower = agent.toLowerCase(Locale.ROOT);
    return LISTS.values().stream()
        .map(signs -> first(signs, lower))
        .collect(Collectors.joining("|"));
  }

  private static String first(List<Sign> signs, String agent) {
    for (Sign sign : signs) {
      if (agent.contains(sign.text)) {
        return sign.name;
      }
    }
    return OTHER;
  }

  private static Map<String, List<Sign>> lists() {
    Map<String, List<Sign>> lists = new LinkedHashMap<>();
    List<Sign> list = null;
    for (String line : RobotList.lines("/robots/devices.txt")) {
      if (line.startsWith("[")) {
        list = lists.computeIfAbsent(line, name -> new ArrayList<>());
      } else {
        String[] parts = line.split(": ", 2);
        list.add(new Sign(parts[0], parts[1]));
      }
    }
    return lists;
  }
}

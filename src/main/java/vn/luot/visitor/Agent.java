package vn.luot.visitor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import vn.luot.site.page.Sha256;
import vn.luot.visitor.Agents.RobotList;

/**
 * What is kept of a User-Agent.
 *
 * @param robot whether it names a robot
 * @param kind 8 bytes that two devices share when all they name but minor versions is the same;
 *     none where no agent was named
 * @param device one of the few that {@link Devices} tells apart
 */
public record Agent(boolean robot, byte[] kind, String device) {
  public static final Agent UNNAMED = new Agent(false, new byte[0], Devices.UNKNOWN);

  private static final int KIND_BYTES = 8;

  public static Agent of(String name, boolean robot) {
    byte[] whole =
        Sha256.digest().digest(withoutMinorVersions(name).getBytes(StandardCharsets.UTF_8));
    return new Agent(robot, Arrays.copyOf(whole, KIND_BYTES), Devices.of(name));
  }

  /**
   * The first number of each version only: a browser that is updated during a day, which happens to
   * the others every few days, stays one visitor.
   */
  static String withoutMinorVersions(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    int i = 0;
    while (i < name.length()) {
      char c = name.charAt(i++);
      kept.append(c);
      if (isDigit(c) && (i == name.length() || !isDigit(name.charAt(i)))) {
        while (i + 1 < name.length() && isDot(name.charAt(i)) && isDigit(name.charAt(i + 1))) {
          i = afterDigits(name, i + 1);
        }
      }
    }
    return kept.toString();
  }

  private static int afterDigits(String name, int from) {
    int i = from;
    while (i < name.length() && isDigit(name.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isDot(char c) {
    return c == '.' || c == '_';
  }

  /**
   * Tells devices apart by what {@code robots/devices.txt} lists: phone, tablet or desktop, the
   * family of the browser, and the operating system. There are a few hundred at most, whatever
   * agents are sent. Client hints are not asked: of these three they say nothing that User-Agent
   * does not.
   */
  public static final class Devices {
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
      List<Sign> list = new ArrayList<>();
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
}

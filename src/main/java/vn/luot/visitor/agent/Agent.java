package vn.luot.visitor.agent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import vn.luot.site.page.Sha256;

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
}

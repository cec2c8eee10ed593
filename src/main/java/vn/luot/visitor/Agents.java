package vn.luot.visitor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells robots and kinds of devices by what they call themselves. */
@Startup
@Singleton
public class Agents {
  /** More of a name is not looked at: browsers' are shorter, and names are kept. */
  private static final int MOST_CHARS = 512;

  private final RobotList robots;
  private final Cache<String, Agent> judged;

  Agents(VisitorConfig config) {
    robots = new RobotList(config.countedAgents());
    judged =
        Caffeine.newBuilder().maximumSize(config.agentsJudged()).executor(Runnable::run).build();
  }

  /** {@code header} is User-Agent, or null: that is no robot's sign. */
  public Agent of(@Nullable String header) {
    if (header == null) {
      return Agent.UNNAMED;
    }
    String name = header.length() > MOST_CHARS ? header.substring(0, MOST_CHARS) : header;
    // Not get(name, function): its lock per entry would be taken for every hit.
    Agent known = judged.getIfPresent(name);
    if (known == null) {
      known = Agent.of(name, robots.names(name));
      judged.put(name, known);
    }
    return known;
  }

  /**
   * The signs in {@code robots/agents.txt}, found in one pass: at each place of an agent's name
   * only those are tried that begin with the three characters there. No expressions, which a name
   * could be made to be slow for.
   */
  public static final class RobotList {
    /** Of the list; what contains a sign and is none. */
    static final String BROWSER = "browser";

    static final String FILE = "/robots/agents.txt";
    private static final String NO_KIND = "none";
    private static final int PREFIX = 3;

    private final Map<Integer, List<Sign>> byPrefix = new HashMap<>();

    private record Sign(String text, boolean isRobot) {}

    /** Without the signs of the kinds that are {@code leftOut}; {@code none} is no kind. */
    public RobotList(Set<String> leftOut) {
      Set<String> unknown = new HashSet<>(leftOut);
      unknown.remove(NO_KIND);
      String kind = "";
      for (String line : lines(FILE)) {
        if (line.startsWith("[")) {
          kind = line.substring(1, line.length() - 1);
          unknown.remove(kind);
        } else if (!leftOut.contains(kind)) {
          Sign sign = new Sign(line, !kind.equals(BROWSER));
          byPrefix.computeIfAbsent(prefix(line, 0), key -> new ArrayList<>(1)).add(sign);
        }
      }
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(
            "luot.visitor.counted-agents: the list of robots has no kind " + unknown);
      }
    }

    /** Of a list, without its comments. */
    static List<String> lines(String file) {
      try (InputStream in = RobotList.class.getResourceAsStream(file);
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        return lines.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
      } catch (IOException e) {
        throw new UncheckedIOException(file + " cannot be read", e);
      }
    }

    public boolean names(String agent) {
      for (int i = 0; i + PREFIX <= agent.length(); i++) {
        Sign sign = at(agent, i);
        if (sign != null && sign.isRobot) {
          return true;
        }
        if (sign != null) {
          i += sign.text.length() - 1;
        }
      }
      return false;
    }

    private @Nullable Sign at(String agent, int i) {
      for (Sign sign : byPrefix.getOrDefault(prefix(agent, i), List.of())) {
        if (agent.regionMatches(true, i, sign.text, 0, sign.text.length())) {
          return sign;
        }
      }
      return null;
    }

    private static int prefix(String text, int at) {
      return lower(text.charAt(at)) << 16
          ^ lower(text.charAt(at + 1)) << 8
          ^ lower(text.charAt(at + 2));
    }

    private static int lower(char c) {
      return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }
  }
}

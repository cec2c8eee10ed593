package vn.luot.visitor;

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
import java.util.regex.Pattern;

/**
 * The signs in {@code robots/user-agents.txt}, found without trying each of them: a sign is only
 * tried where three characters in a row that it cannot do without are in the agent's name.
 */
final class RobotList {
  private static final String FILE = "/robots/user-agents.txt";

  private final Map<Integer, List<Pattern>> byTriple = new HashMap<>();
  private final List<Pattern> withoutTriple = new ArrayList<>();

  /** Without the signs all of whose kinds are {@code leftOut}. */
  RobotList(Set<String> leftOut) {
    for (String line : lines()) {
      int tab = line.indexOf('\t');
      if (tab > 0 && !leftOut.containsAll(List.of(line.substring(0, tab).split(",")))) {
        add(line.substring(tab + 1));
      }
    }
  }

  private static List<String> lines() {
    try (InputStream in = RobotList.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the list of robots cannot be read", e);
    }
  }

  private void add(String sign) {
    Pattern pattern = Pattern.compile(sign);
    String literal = SignLiteral.of(sign);
    if (literal.length() < 3) {
      withoutTriple.add(pattern);
    } else {
      byTriple.computeIfAbsent(rarest(literal), key -> new ArrayList<>()).add(pattern);
    }
  }

  /** So that hardly any sign is tried in vain: the triple that the fewest have taken so far. */
  private int rarest(String literal) {
    int best = triple(literal, 0);
    for (int i = 1; i + 3 <= literal.length(); i++) {
      int next = triple(literal, i);
      best = taken(next) < taken(best) ? next : best;
    }
    return best;
  }

  private int taken(int triple) {
    return byTriple.getOrDefault(triple, List.of()).size();
  }

  boolean names(String agent) {
    // Each once: a name that repeats a triple must not have its signs tried again and again.
    Set<Integer> tried = new HashSet<>();
    for (int i = 0; i + 3 <= agent.length(); i++) {
      int triple = triple(agent, i);
      List<Pattern> signs = byTriple.get(triple);
      if (signs != null && tried.add(triple) && isFound(signs, agent)) {
        return true;
      }
    }
    return isFound(withoutTriple, agent);
  }

  private static boolean isFound(List<Pattern> signs, String agent) {
    for (Pattern sign : signs) {
      if (sign.matcher(agent).find()) {
        return true;
      }
    }
    return false;
  }

  /** Upper and lower case are one, as in some signs; the sign itself decides. */
  private static int triple(String text, int at) {
    return lower(text.charAt(at)) << 16
        ^ lower(text.charAt(at + 1)) << 8
        ^ lower(text.charAt(at + 2));
  }

  private static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }
}

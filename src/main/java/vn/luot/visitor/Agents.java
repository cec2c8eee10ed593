package vn.luot.visitor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import vn.luot.visitor.agent.Agent;
import vn.luot.visitor.agent.RobotList;

/** Tells robots and kinds of devices by what they call themselves. */
@Startup
@ApplicationScoped
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
  public Agent of(String header) {
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
}

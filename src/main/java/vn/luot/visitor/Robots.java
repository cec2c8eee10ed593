package vn.luot.visitor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells robots by what they call themselves. */
@Startup
@ApplicationScoped
public class Robots {
  /** More of a name is not looked at: browsers' are shorter, and names are kept. */
  private static final int MOST_CHARS = 512;

  private final RobotList list;
  private final Cache<String, Boolean> judged;

  Robots(VisitorConfig config) {
    list = new RobotList(config.countedAgents());
    judged =
        Caffeine.newBuilder().maximumSize(config.agentsJudged()).executor(Runnable::run).build();
  }

  /** {@code agent} is the User-Agent header, or null: that is no robot's sign. */
  public boolean include(String agent) {
    if (agent == null) {
      return false;
    }
    String name = agent.length() > MOST_CHARS ? agent.substring(0, MOST_CHARS) : agent;
    // Not get(name, function): its lock per entry would be taken for every hit.
    Boolean known = judged.getIfPresent(name);
    if (known == null) {
      known = list.names(name);
      judged.put(name, known);
    }
    return known;
  }
}

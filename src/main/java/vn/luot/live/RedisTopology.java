package vn.luot.live;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many machines the configured Redis is. */
@ApplicationScoped
public class RedisTopology {
  private final boolean cluster;

  RedisTopology(
      @ConfigProperty(name = "quarkus.redis.client-type", defaultValue = "standalone")
          String clientType) {
    cluster = clientType.equalsIgnoreCase("cluster");
  }

  /** Whether one script call must stay within one bucket. */
  public boolean isCluster() {
    return cluster;
  }
}

package vn.luot.live.redis;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many machines the configured Redis is. */
@Singleton
public class RedisTopology {
  private final boolean cluster;

  public RedisTopology(
      @ConfigProperty(name = "quarkus.redis.client-type", defaultValue = "standalone")
          String clientType) {
    cluster = clientType.equalsIgnoreCase("cluster");
  }

  /** Before anything asks for a key. */
  void begin(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start,
      LiveConfig config) {
    Keys.beginWith(config.keyPrefix());
  }

  /** Whether one script call must stay within one bucket. */
  public boolean isCluster() {
    return cluster;
  }

  /**
   * What a site shares with all that one script call may serve together: their epoch, and what is
   * remembered of a writer. Its bucket in a cluster; 0, the same for every site, in one Redis.
   */
  public int part(int site) {
    return cluster ? Keys.bucket(site) : 0;
  }
}

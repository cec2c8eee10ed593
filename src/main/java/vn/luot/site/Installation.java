package vn.luot.site;

import jakarta.inject.Singleton;

/**
 * Which installation this pod belongs to, and whether the Redis it was given belongs to it too: two
 * installations that count in one Redis would mix their numbers.
 */
@Singleton
public class Installation {
  /** Of a pod that has not seen the registry yet: it counts for nobody. */
  private volatile String id = "";

  private volatile String othersRedis = "";
  private volatile boolean confirmed;

  /** As PostgreSQL has made it, or empty. */
  public String id() {
    return id;
  }

  /**
   * {@code version} is the registry's, whose first part it is. A copy of that in Redis is believed
   * until PostgreSQL answers.
   */
  public void learn(String version) {
    String told = version.split(":", 2)[0];
    confirmed &= told.equals(id);
    id = told;
  }

  /** {@code owner} is whose name this Redis bears. */
  public void redisBelongsTo(String owner) {
    boolean ours = owner.equals(id);
    othersRedis = ours ? "" : owner;
    confirmed |= ours;
  }

  /** Whose this Redis is where it is another's; else empty. */
  public String othersRedis() {
    return othersRedis;
  }

  /** Whether it has seen its own Redis since it started, or has not been told of another's. */
  public boolean mayServe() {
    return confirmed || othersRedis.isEmpty();
  }

  /** What is wrong and what to do. */
  public String advice() {
    return "This Redis belongs to the installation %s, PostgreSQL to %s: nothing is counted. Give each installation its own Redis or luot.live.key-prefix; or, if this PostgreSQL replaces that one: UPDATE installation SET id = '%s'"
        .formatted(othersRedis, id, othersRedis);
  }
}

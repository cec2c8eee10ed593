package vn.luot.check;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import vn.luot.check.StoreChecks.Finding;
import vn.luot.live.redis.ErrorAnswer;
import vn.luot.live.redis.Keys;
import vn.luot.live.redis.RedisCommands;
import vn.luot.live.redis.Replication.Durability;
import vn.luot.live.redis.Script;
import vn.luot.site.Installation;

/** Whether Redis keeps what it acknowledges; in a Redis Cluster one of its nodes, by chance. */
@Singleton
class RedisCheck {
  private static final Script RIGHTS = Script.named("rights");

  private final RedisCommands redis;
  private final Installation installation;
  private final Durability durability;

  RedisCheck(
      RedisCommands redis,
      Installation installation,
      @ConfigProperty(name = "luot.durability", defaultValue = "local") Durability durability) {
    this.redis = redis;
    this.installation = installation;
    this.durability = durability;
  }

  Uni<List<Finding>> findings() {
    if (!installation.othersRedis().isEmpty()) {
      return Uni.createFrom()
          .item(List.of(new Finding("redis-installation", installation.advice())));
    }
    return rights()
        .flatMap(missing -> missing.isEmpty() ? settings() : Uni.createFrom().item(missing));
  }

  /** Which commands the Redis user lacks, or Redis itself: some are renamed away. */
  private Uni<List<Finding>> rights() {
    return redis
        .run(RIGHTS, List.of(Keys.rights()), List.of())
        .map(RedisCheck::names)
        .onFailure(RedisCheck::isRefused)
        .recoverWithItem(Throwable::getMessage)
        .map(missing -> missing.isEmpty() ? List.of() : List.of(lacking(missing)));
  }

  private static String names(Response missing) {
    return StreamSupport.stream(missing.spliterator(), false)
        .map(Response::toString)
        .collect(Collectors.joining(", "));
  }

  /** Not even a script may be called. */
  private static boolean isRefused(Throwable failure) {
    String said = String.valueOf(failure.getMessage());
    return ErrorAnswer.of(failure) != null
        && (said.startsWith("NOPERM") || said.contains("unknown command"));
  }

  private static Finding lacking(String missing) {
    return new Finding(
        "redis-rights",
        "The Redis user may not call what Luot needs: "
            + missing
            + ". Its rights stand in operating.md under \"Whose Redis it is\".");
  }

  private Uni<List<Finding>> settings() {
    return redis
        .run(Command.INFO)
        .map(info -> Info.parse(info.toString()))
        .flatMap(info -> appendfsync().map(fsync -> findings(info, fsync)));
  }

  /** Empty where Redis does not let clients read its configuration, as managed ones do. */
  private Uni<String> appendfsync() {
    return redis
        .run(Command.CONFIG, "GET", "appendfsync")
        .map(RedisCheck::value)
        .onFailure()
        .recoverWithItem("");
  }

  /** RESP3 answers with a map, RESP2 with a list. */
  private static String value(Response setting) {
    Response inMap = setting.isMap() ? setting.get("appendfsync") : null;
    if (inMap != null) {
      return inMap.toString();
    }
    return setting.isMap() || setting.size() < 2 ? "" : setting.get(1).toString();
  }

  private List<Finding> findings(Info info, String appendfsync) {
    List<Finding> found = new ArrayList<>();
    if (info.of("master_replid").equals("unknown")) {
      add(
          found,
          "redis-history",
          "INFO names no master_replid, by which histories of Redis are told apart: hits are"
              + " refused.");
    }
    if (info.isTooOld()) {
      add(found, "redis-version", "Redis " + info.of("redis_version") + " is below 7.0.");
    }
    if (info.is("role", "slave")) {
      add(
          found,
          "redis-replica-only",
          "The connection leads to a replica, which takes no writes; let the name lead to the"
              + " primary.");
    }
    if (!info.is("maxmemory_policy", "noeviction")) {
      add(
          found,
          "redis-eviction",
          "maxmemory-policy is %s, which deletes counts; set noeviction."
              .formatted(info.of("maxmemory_policy")));
    }
    if (info.is("aof_enabled", "0")) {
      add(found, "redis-aof", "appendonly is no: a restart loses what is not flushed; set yes.");
    } else if (info.is("aof_last_write_status", "err")) {
      add(found, "redis-aof", "Redis cannot write its append-only file.");
    }
    if (durability == Durability.FSYNC && !appendfsync.equals("always")) {
      add(
          found,
          "redis-fsync",
          "luot.durability=fsync needs appendfsync always; it is %s."
              .formatted(appendfsync.isEmpty() ? "not readable" : appendfsync));
    }
    if (durability == Durability.REPLICATED && info.is("connected_slaves", "0")) {
      add(found, "redis-replica", "luot.durability=replicated, and Redis has no replica.");
    }
    return found;
  }

  private static void add(List<Finding> found, String name, String detail) {
    found.add(new Finding(name, detail));
  }

  /** What {@code INFO} says, by name. */
  record Info(Map<String, String> values) {
    private static final int OLDEST = 7;

    static Info parse(String info) {
      Map<String, String> values = new HashMap<>();
      info.lines()
          .map(line -> line.split(":", 2))
          .filter(parts -> parts.length == 2)
          .forEach(parts -> values.put(parts[0], parts[1].strip()));
      return new Info(values);
    }

    boolean is(String name, String value) {
      return value.equals(values.get(name));
    }

    String of(String name) {
      return values.getOrDefault(name, "unknown");
    }

    /** Scripts need what Redis 7.0 has. */
    boolean isTooOld() {
      String major = of("redis_version").split("\\.")[0];
      return major.matches("\\d{1,6}") && Integer.parseInt(major) < OLDEST;
    }
  }
}

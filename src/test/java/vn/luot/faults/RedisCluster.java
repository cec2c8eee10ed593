package vn.luot.faults;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.luot.standalone.Redis;

/** A Redis Cluster of three nodes on this machine. */
final class RedisCluster implements AutoCloseable {
  private static final int NODES = 3;
  private static final int SLOTS = 16384;
  private static final int KEYS_AT_ONCE = 100;
  private static final String MOVE_MILLIS = "5000";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<Redis> nodes = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final Map<Integer, Integer> moved = new HashMap<>();

  static RedisCluster start(Path directory) {
    RedisCluster cluster = new RedisCluster();
    for (int i = 0; i < NODES; i++) {
      cluster.nodes.add(node(directory.resolve("node-" + i)));
      cluster.ids.add(cluster.send(i, "CLUSTER", "MYID"));
      int last = (i + 1) * SLOTS / NODES - 1;
      cluster.send(i, "CLUSTER", "ADDSLOTSRANGE", "" + cluster.first(i), "" + last);
    }
    cluster.join();
    return cluster;
  }

  /** The same, each node with a replica. */
  static RedisCluster startReplicated(Path directory) {
    RedisCluster cluster = start(directory);
    for (int i = 0; i < NODES; i++) {
      cluster.nodes.add(node(directory.resolve("replica-" + i)));
    }
    cluster.join();
    for (int i = 0; i < NODES; i++) {
      int port = cluster.port(i);
      cluster.send(NODES + i, "CLUSTER", "REPLICATE", cluster.ids.get(i));
      await("a replica")
          .atMost(LIMIT)
          .until(() -> RedisCommand.send(port, "WAIT", "1", "1000"), ":1"::equals);
    }
    return cluster;
  }

  private static Redis node(Path directory) {
    return Redis.start(
        directory,
        0,
        "--cluster-enabled",
        "yes",
        // Redis would add 10000 to a port that may be high already.
        "--cluster-port",
        Integer.toString(Wire.freePort()));
  }

  private int first(int node) {
    return node * SLOTS / NODES;
  }

  private void join() {
    for (int i = 1; i < nodes.size(); i++) {
      int port = nodes.get(i).port();
      String bus = RedisCommand.list(port, "CONFIG", "GET", "cluster-port").get(1);
      send(0, "CLUSTER", "MEET", "127.0.0.1", "" + port, bus);
    }
    await("the cluster").atMost(LIMIT).until(() -> nodes.stream().allMatch(this::isWhole));
  }

  private boolean isWhole(Redis node) {
    String info = RedisCommand.list(node.port(), "CLUSTER", "INFO").get(0);
    return info.contains("cluster_state:ok")
        && info.contains("cluster_known_nodes:" + nodes.size());
  }

  private String send(int node, String... words) {
    return RedisCommand.send(nodes.get(node).port(), words);
  }

  int port(int node) {
    return nodes.get(node).port();
  }

  /** The port of the node that has a key. */
  int portOf(String key) {
    return port(nodeOf(slot(key)));
  }

  private int nodeOf(int slot) {
    int first = NODES - 1;
    while (slot < first(first)) {
      first--;
    }
    return moved.getOrDefault(slot, first);
  }

  private int slot(String key) {
    return Integer.parseInt(send(0, "CLUSTER", "KEYSLOT", key).substring(1));
  }

  /** Moves a key's slot to the next node, as an operator's tool does it, while clients go on. */
  void move(String key) {
    move(key, () -> {});
  }

  /** The same, interrupted when some of its keys are moved. */
  void move(String key, Runnable interruption) {
    int slot = slot(key);
    int from = nodeOf(slot);
    int to = (from + 1) % NODES;
    send(to, "CLUSTER", "SETSLOT", "" + slot, "IMPORTING", ids.get(from));
    send(from, "CLUSTER", "SETSLOT", "" + slot, "MIGRATING", ids.get(to));
    List<String> keys = keys(from, slot);
    migrate(from, to, keys.subList(0, keys.size() / 2));
    interruption.run();
    for (keys = keys(from, slot); !keys.isEmpty(); keys = keys(from, slot)) {
      migrate(from, to, keys);
    }
    for (int node : List.of(to, from, NODES - from - to)) {
      send(node, "CLUSTER", "SETSLOT", "" + slot, "NODE", ids.get(to));
    }
    moved.put(slot, to);
  }

  private void migrate(int from, int to, List<String> keys) {
    List<String> migrate = new ArrayList<>(List.of("MIGRATE", "127.0.0.1", "" + port(to)));
    migrate.addAll(List.of("\"\"", "0", MOVE_MILLIS, "KEYS"));
    migrate.addAll(keys);
    if (!keys.isEmpty()) {
      send(from, migrate.toArray(String[]::new));
    }
  }

  private List<String> keys(int node, int slot) {
    return RedisCommand.list(port(node), "CLUSTER", "GETKEYSINSLOT", "" + slot, "" + KEYS_AT_ONCE);
  }

  @Override
  public void close() {
    nodes.forEach(Redis::close);
  }
}

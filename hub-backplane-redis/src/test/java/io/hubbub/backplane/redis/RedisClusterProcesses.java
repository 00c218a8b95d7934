package io.hubbub.backplane.redis;

import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A real cluster of three masters, each with a third of the slots. */
final class RedisClusterProcesses implements AutoCloseable {
  private static final int MASTERS = 3;
  private static final Pattern KNOWN_NODES = Pattern.compile("cluster_known_nodes:(\\d+)");

  private final String[] settings;
  private final Function<String[], RedisProcess> starter;
  private final List<RedisProcess> servers = new ArrayList<>();

  /**
   * @param starter starts a server with settings
   * @param nodeTimeout how long a server may be silent before others take its place
   */
  RedisClusterProcesses(Function<String[], RedisProcess> starter, Duration nodeTimeout) {
    this.starter = starter;
    this.settings =
        new String[] {
          "cluster-enabled yes",
          "cluster-config-file nodes.conf",
          "cluster-node-timeout " + nodeTimeout.toMillis(),
          "repl-diskless-sync-delay 0"
        };
    for (int i = 0; i < MASTERS; i++) {
      servers.add(starter.apply(settings));
      int[] slots = slotsOf(i);
      ServerCommands.run(servers.get(i), commands -> commands.clusterAddSlots(slots));
    }
    awaitReady();
  }

  private static int[] slotsOf(int master) {
    return IntStream.range(
            master * SlotHash.SLOT_COUNT / MASTERS, (master + 1) * SlotHash.SLOT_COUNT / MASTERS)
        .toArray();
  }

  /** Waits until all know each other. */
  private void awaitReady() {
    servers.forEach(server -> ServerCommands.await(server, this::isReady));
  }

  /** One that is not answered in time is forgotten, and so introduced again. */
  private boolean isReady(RedisCommands<String, String> server) {
    String info = server.clusterInfo();
    int known = knownNodes(info);
    if (known < servers.size()) {
      servers.forEach(other -> server.clusterMeet("127.0.0.1", other.port()));
    }
    return known == servers.size() && info.contains("cluster_state:ok");
  }

  private static int knownNodes(String info) {
    Matcher matcher = KNOWN_NODES.matcher(info);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  RedisProcess server(int index) {
    return servers.get(index);
  }

  /** The master that a channel belongs to. */
  RedisProcess masterOf(String channel) {
    return servers.get(SlotHash.getSlot(channel) * MASTERS / SlotHash.SLOT_COUNT);
  }

  /** Adds a replica of a master and waits until it can take over. */
  void addReplica(RedisProcess master) {
    String[] id = new String[1];
    ServerCommands.run(master, commands -> id[0] = commands.clusterMyId());
    RedisProcess replica = starter.apply(settings);
    servers.add(replica);
    awaitReady();
    ServerCommands.await(
        replica, commands -> commands.clusterNodes().contains(id[0] + " 127.0.0.1"));
    ServerCommands.run(replica, commands -> commands.clusterReplicate(id[0]));
    ServerCommands.await(
        replica, commands -> commands.info("replication").contains("master_link_status:up"));
    servers.stream()
        .filter(server -> server != replica)
        .forEach(
            server ->
                ServerCommands.await(
                    server, commands -> commands.clusterNodes().contains("slave " + id[0])));
  }

  String addresses() {
    return String.join(",", servers.stream().map(RedisProcess::address).toList());
  }

  void killAll() {
    servers.forEach(RedisProcess::kill);
  }

  void restartAll() {
    servers.forEach(RedisProcess::restart);
  }

  @Override
  public void close() {
    Collections.reverse(servers);
    servers.forEach(RedisProcess::close);
  }
}

package io.hubbub.backplane.redis;

import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A real cluster of three masters, each with a third of the slots. */
final class RedisClusterProcesses implements AutoCloseable {
  private static final int MASTERS = 3;
  private static final String[] SETTINGS = {
    "cluster-enabled yes", "cluster-config-file nodes.conf", "cluster-node-timeout 1000"
  };

  private final Function<String[], RedisProcess> starter;
  private final List<RedisProcess> servers = new ArrayList<>();

  /**
   * @param starter starts a server with settings
   */
  RedisClusterProcesses(Function<String[], RedisProcess> starter) {
    this.starter = starter;
    for (int i = 0; i < MASTERS; i++) {
      servers.add(starter.apply(SETTINGS));
      int[] slots = slotsOf(i);
      ServerCommands.run(servers.get(i), commands -> commands.clusterAddSlots(slots));
    }
    introduce();
  }

  private static int[] slotsOf(int master) {
    return IntStream.range(
            master * SlotHash.SLOT_COUNT / MASTERS, (master + 1) * SlotHash.SLOT_COUNT / MASTERS)
        .toArray();
  }

  /** Makes all known to the first, and waits until all know it. */
  private void introduce() {
    for (RedisProcess server : servers) {
      ServerCommands.run(
          servers.get(0), commands -> commands.clusterMeet("127.0.0.1", server.port()));
    }
    awaitReady();
  }

  void awaitReady() {
    for (RedisProcess server : servers) {
      ServerCommands.await(
          server,
          commands -> {
            String info = commands.clusterInfo();
            return info.contains("cluster_state:ok")
                && info.contains("cluster_known_nodes:" + servers.size());
          });
    }
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
    RedisProcess replica = starter.apply(SETTINGS);
    servers.add(replica);
    introduce();
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

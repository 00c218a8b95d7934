package io.hubbub.backplane.redis;

import io.lettuce.core.RedisURI;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a backplane was told.
 *
 * @param servers tried in order; the master's sentinels are in one
 * @param channelPrefix before every channel, as it is
 * @param cluster whether the servers form a cluster
 * @param sharded whether channels live on the shard that their name belongs to
 * @param requiredAtStart whether a start without Redis fails
 * @param connectTimeout for a connection, and for a sign of life
 * @param outgoingBytes how much may wait or be on its way
 * @param outgoingMessages how many may wait or be on their way
 * @param trusted certificates to trust in place of the platform's
 */
record RedisSettings(
    List<RedisURI> servers,
    String channelPrefix,
    boolean cluster,
    boolean sharded,
    boolean requiredAtStart,
    Duration connectTimeout,
    long outgoingBytes,
    int outgoingMessages,
    Optional<File> trusted) {

  /**
   * Whether Redis tells how many nodes got a message; in a cluster each server knows only its own.
   */
  boolean countsReceivers() {
    return !cluster;
  }
}

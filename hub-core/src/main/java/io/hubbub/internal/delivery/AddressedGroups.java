package io.hubbub.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.hubbub.Groups;
import io.hubbub.spi.HubLifetimeManager;
import java.util.concurrent.CompletionStage;

/**
 * Group membership through a lifetime manager.
 *
 * <p>Threads: immutable; any.
 */
record AddressedGroups(HubLifetimeManager manager) implements Groups {
  @Override
  public CompletionStage<Void> add(String connectionId, String groupName) {
    return manager.addToGroup(
        requireNonNull(connectionId, "connectionId"), requireNonNull(groupName, "groupName"));
  }

  @Override
  public CompletionStage<Void> remove(String connectionId, String groupName) {
    return manager.removeFromGroup(
        requireNonNull(connectionId, "connectionId"), requireNonNull(groupName, "groupName"));
  }
}

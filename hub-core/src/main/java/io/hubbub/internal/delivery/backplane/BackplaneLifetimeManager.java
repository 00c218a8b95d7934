package io.hubbub.internal.delivery.backplane;

import io.hubbub.internal.delivery.ConnectionIndex;
import io.hubbub.internal.delivery.LocalCalls;
import io.hubbub.internal.delivery.LocalDelivery;
import io.hubbub.internal.delivery.Member;
import io.hubbub.internal.delivery.PendingResults;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.spi.Audience;
import io.hubbub.spi.ConnectedClient;
import io.hubbub.spi.HubLifetimeManager;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivery on many nodes: this node's connections are served at once and directly, other nodes are
 * reached by one message on a channel.
 *
 * <p>Threads: any; nothing waits for the network.
 */
final class BackplaneLifetimeManager implements HubLifetimeManager {
  private final Lanes lanes;
  private final BackplaneNode node;
  private final Channels channels;
  private final ConnectionIndex index = new ConnectionIndex();
  private final PendingResults results = new PendingResults();
  private final LocalCalls localCalls;
  private final Outbound outbound;
  private final Inbound inbound;
  private final GroupMembership membership;
  private final RemoteGroups remoteGroups;
  private final RemoteResults remoteResults;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  BackplaneLifetimeManager(BackplaneNode node, String hub, List<HubProtocol> registered) {
    this.node = node;
    this.lanes = node.lanes();
    this.channels = new Channels(hub, Identifiers.server());
    ProtocolSet protocols = new ProtocolSet(registered);
    LocalDelivery delivery = new LocalDelivery(index);
    this.localCalls = new LocalCalls(results, Identifiers::invocation, node.executor());
    this.outbound = new Outbound(node, channels, protocols, delivery);
    this.remoteResults =
        new RemoteResults(node, channels, protocols, results, Identifiers::invocation);
    this.inbound = new Inbound(index, delivery, protocols, remoteResults);
    this.membership =
        new GroupMembership(index, lanes, channels, inbound::onGroup, node.executor());
    this.remoteGroups = new RemoteGroups(node, channels, index, membership);
  }

  /** Listens to what concerns every node; clients are let in afterwards. */
  CompletableFuture<Void> open() {
    CompletableFuture.allOf(
            hold(channels.all(), inbound::onAll),
            hold(channels.groupCommands(), remoteGroups::onCommand),
            hold(channels.acks(), remoteGroups::onAck),
            hold(channels.results(), remoteResults::onResult))
        .whenComplete(
            (done, error) -> {
              if (error == null) {
                opened.complete(null);
              } else {
                opened.completeExceptionally(error);
              }
            });
    return opened;
  }

  private CompletableFuture<Void> hold(String channel, Consumer<byte[]> handler) {
    CompletableFuture<Void> held = new CompletableFuture<>();
    lanes.hold(
        channel,
        handler,
        error ->
            node.executor()
                .execute(
                    () -> {
                      if (error == null) {
                        held.complete(null);
                      } else {
                        held.completeExceptionally(error);
                      }
                    }));
    return held;
  }

  /** Channels are held before the connection is known, so that leaving can only follow. */
  @Override
  public CompletionStage<Void> connected(ConnectedClient client) {
    String id = client.connectionId();
    String user = ConnectionIndex.userOf(client);
    CompletableFuture<Void> own =
        hold(channels.connection(id), message -> inbound.onConnection(id, message));
    CompletableFuture<Void> ready =
        user == null ? own : CompletableFuture.allOf(own, holdUser(user));
    index.add(client, user);
    return opened.isDone() ? opened.thenCombine(ready, (a, b) -> b) : ready;
  }

  private CompletableFuture<Void> holdUser(String user) {
    return hold(channels.user(user), message -> inbound.onUser(user, message));
  }

  @Override
  public void closing(ConnectedClient client) {
    Member member = index.find(client.connectionId());
    if (member != null && member.client() == client) {
      results.failAll(member);
    }
  }

  @Override
  public CompletionStage<Void> disconnected(ConnectedClient client) {
    index
        .remove(client)
        .ifPresent(
            departure -> {
              results.failAll(departure.member());
              lanes.release(channels.connection(client.connectionId()));
              departure.user().ifPresent(user -> lanes.release(channels.user(user)));
              departure.groups().forEach(group -> lanes.release(channels.group(group)));
            });
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> userChanged(
      ConnectedClient client, @Nullable String previousUserId) {
    Member member = index.find(client.connectionId());
    if (member == null) {
      return CompletableFuture.completedStage(null);
    }
    String user = ConnectionIndex.userOf(client);
    CompletableFuture<Void> held =
        user == null ? CompletableFuture.completedFuture(null) : holdUser(user);
    ConnectionIndex.UserChange change = index.moveUser(member, user);
    if (change.moved()) {
      change.before().ifPresent(before -> lanes.release(channels.user(before)));
    } else if (user != null) {
      lanes.release(channels.user(user));
    }
    return held;
  }

  @Override
  public CompletionStage<Void> send(Audience audience, InvocationMessage message) {
    try {
      return outbound.send(audience, message);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public CompletableFuture<@Nullable Object> invoke(
      String connectionId, Type resultType, String target, @Nullable Object[] arguments) {
    Member member = index.find(connectionId);
    return member == null
        ? remoteResults.ask(connectionId, resultType, target, arguments)
        : localCalls.ask(member, resultType, target, arguments);
  }

  @Override
  public CompletionStage<Void> addToGroup(String connectionId, String groupName) {
    Member member = index.find(connectionId);
    return member == null
        ? remoteGroups.request(GroupCommand.ADD, groupName, connectionId)
        : membership.join(member, groupName);
  }

  @Override
  public CompletionStage<Void> removeFromGroup(String connectionId, String groupName) {
    Member member = index.find(connectionId);
    return member == null
        ? remoteGroups.request(GroupCommand.REMOVE, groupName, connectionId)
        : membership.leave(member, groupName);
  }

  @Override
  public @Nullable Type resultType(String invocationId) {
    return results.resultType(invocationId);
  }

  @Override
  public boolean complete(ConnectedClient client, CompletionMessage completion) {
    return results.complete(client.connectionId(), completion);
  }
}

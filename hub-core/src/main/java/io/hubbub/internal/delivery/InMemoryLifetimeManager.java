package io.hubbub.internal.delivery;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.spi.Audience;
import io.hubbub.spi.ConnectedClient;
import io.hubbub.spi.HubLifetimeManager;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Delivery on a single node: everyone there is, is here.
 *
 * <p>Threads: any; nothing waits.
 */
final class InMemoryLifetimeManager implements HubLifetimeManager {
  private static final CompletionStage<@Nullable Void> DONE =
      CompletableFuture.completedStage(null);

  private final ConnectionIndex index = new ConnectionIndex();
  private final LocalDelivery delivery = new LocalDelivery(index);
  private final PendingResults results = new PendingResults();
  private final AtomicLong invocationIds = new AtomicLong();
  private final LocalCalls calls;

  /**
   * @param executor completes client results
   */
  InMemoryLifetimeManager(Executor executor) {
    this.calls = new LocalCalls(results, () -> "s" + invocationIds.incrementAndGet(), executor);
  }

  @Override
  public CompletionStage<Void> connected(ConnectedClient client) {
    index.add(client);
    return DONE;
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
    index.remove(client).ifPresent(departure -> results.failAll(departure.member()));
    return DONE;
  }

  @Override
  public CompletionStage<Void> userChanged(
      ConnectedClient client, @Nullable String previousUserId) {
    Member member = index.find(client.connectionId());
    if (member != null) {
      index.moveUser(member, ConnectionIndex.userOf(client));
    }
    return DONE;
  }

  @Override
  public CompletionStage<Void> send(Audience audience, InvocationMessage message) {
    try {
      delivery.deliver(audience, EncodedMessage.of(message));
      return DONE;
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public CompletableFuture<@Nullable Object> invoke(
      String connectionId, Type resultType, String target, @Nullable Object[] arguments) {
    Member member = index.find(connectionId);
    if (member == null) {
      return CompletableFuture.failedFuture(ClientResult.unknownError(connectionId));
    }
    return calls.ask(member, resultType, target, arguments);
  }

  @Override
  public CompletionStage<Void> addToGroup(String connectionId, String groupName) {
    Member member = index.find(connectionId);
    if (member != null) {
      index.join(member, groupName);
    }
    return DONE;
  }

  @Override
  public CompletionStage<Void> removeFromGroup(String connectionId, String groupName) {
    Member member = index.find(connectionId);
    if (member != null) {
      index.leave(member, groupName);
    }
    return DONE;
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

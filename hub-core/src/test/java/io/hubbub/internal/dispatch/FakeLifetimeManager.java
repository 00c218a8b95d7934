package io.hubbub.internal.dispatch;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.spi.Audience;
import io.hubbub.spi.ConnectedClient;
import io.hubbub.spi.HubLifetimeManager;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** Waits for the answer {@code s1}, and knows {@code s2} as another connection's. */
final class FakeLifetimeManager implements HubLifetimeManager {
  final BlockingQueue<CompletionMessage> completions = new LinkedBlockingQueue<>();

  @Override
  public Type resultType(String invocationId) {
    return Map.of("s1", String.class, "s2", String.class).get(invocationId);
  }

  @Override
  public boolean complete(ConnectedClient client, CompletionMessage completion) {
    if (completion.invocationId().equals("s2")) {
      throw new IllegalStateException("Connection ID 'c1' is not valid for invocation ID 's2'.");
    }
    if (!completion.invocationId().equals("s1")) {
      return false;
    }
    completions.add(completion);
    return true;
  }

  @Override
  public CompletionStage<Void> connected(ConnectedClient client) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> disconnected(ConnectedClient client) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void closing(ConnectedClient client) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> userChanged(ConnectedClient client, String previousUserId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> send(Audience audience, InvocationMessage message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Object> invoke(
      String connectionId, Type resultType, String target, Object[] arguments) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> addToGroup(String connectionId, String groupName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> removeFromGroup(String connectionId, String groupName) {
    throw new UnsupportedOperationException();
  }
}

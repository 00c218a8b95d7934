package io.hubbub.spi;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.InvocationMessage;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Knows a hub's connections, groups and users, and brings messages to them; one per hub class.
 *
 * <p>Threads: any; no method waits for the network.
 */
public interface HubLifetimeManager {
  /**
   * A client has shaken hands; it is reachable from now on, before the hub's {@code onConnected}.
   */
  CompletionStage<Void> connected(ConnectedClient client);

  /**
   * A client's connection is ending: what is awaited from it fails, and nothing more can be asked
   * of it. It stays in its groups until {@link #disconnected}, which does this, too, if it was left
   * out.
   */
  void closing(ConnectedClient client);

  /** A client has gone; it leaves its groups. */
  CompletionStage<Void> disconnected(ConnectedClient client);

  /** A client's user id has changed. */
  CompletionStage<Void> userChanged(ConnectedClient client, @Nullable String previousUserId);

  /**
   * Sends a call without an answer.
   *
   * @return failed if the arguments cannot be encoded or the message cannot be handed over
   */
  CompletionStage<Void> send(Audience audience, InvocationMessage message);

  /**
   * Asks one connection for a result.
   *
   * @param target the handler's name
   * @param arguments its arguments
   * @return cancelling it gives up waiting
   */
  CompletableFuture<@Nullable Object> invoke(
      String connectionId, Type resultType, String target, @Nullable Object[] arguments);

  /** Adds a connection, wherever it is, to a group. */
  CompletionStage<Void> addToGroup(String connectionId, String groupName);

  /** Takes a connection, wherever it is, out of a group. */
  CompletionStage<Void> removeFromGroup(String connectionId, String groupName);

  /** The type of a result that a client was asked for; null when nobody waits for that id. */
  @Nullable Type resultType(String invocationId);

  /**
   * A client has answered.
   *
   * @return whether somebody waited for that id
   * @throws IllegalStateException if another connection was asked
   */
  boolean complete(ConnectedClient client, CompletionMessage completion);
}

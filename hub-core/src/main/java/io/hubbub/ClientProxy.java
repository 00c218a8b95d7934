package io.hubbub;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One or more clients that are called by name.
 *
 * <p>Threads: any.
 */
public interface ClientProxy {
  /**
   * Calls a handler on these clients and wants no answer. Waits for nobody: a client that reads too
   * slowly is dealt with by the hub's {@link HubOptions#overflowPolicy() overflow policy}.
   *
   * @param method the handler's name
   * @param arguments its arguments, encoded before this returns
   * @return done when the message is queued for every client of this node and handed to the
   *     backplane; failed when an argument cannot be encoded or the backplane refuses it. An
   *     unknown client, user or group is no failure
   */
  CompletionStage<Void> send(String method, @Nullable Object... arguments);
}

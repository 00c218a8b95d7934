package io.hubbub.client;

import org.jspecify.annotations.Nullable;

/**
 * A method of the client that the server calls, with any number of arguments.
 *
 * <p>Threads: the calls for one connection come one after the other, in the order in which the
 * server made them, on the connection's callback executor.
 */
@FunctionalInterface
public interface ClientMethod {
  /**
   * Handles one call.
   *
   * @param arguments the arguments, of the types that were registered
   * @return the answer, or a {@link java.util.concurrent.CompletionStage} of it; ignored where the
   *     registration gives none
   * @throws Exception whatever goes wrong: the server is told its message if it waits for an answer
   */
  @Nullable Object handle(@Nullable Object[] arguments) throws Exception;
}

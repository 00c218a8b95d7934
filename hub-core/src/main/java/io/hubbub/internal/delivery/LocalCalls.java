package io.hubbub.internal.delivery;

import io.hubbub.internal.delivery.PendingResults.Expectation;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.InvocationMessage;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks connections of this node for results.
 *
 * <p>Threads: any.
 */
public final class LocalCalls {
  private final PendingResults results;
  private final Supplier<String> invocationIds;
  private final Executor executor;

  /**
   * @param results where answers are awaited
   * @param invocationIds makes a new id
   * @param executor completes the answers' futures
   */
  public LocalCalls(PendingResults results, Supplier<String> invocationIds, Executor executor) {
    this.results = results;
    this.invocationIds = invocationIds;
    this.executor = executor;
  }

  /** Calls a handler of a connection's client; cancelling the answer gives up waiting. */
  public CompletableFuture<@Nullable Object> ask(
      Member member, Type resultType, String target, @Nullable Object[] arguments) {
    String invocationId = invocationIds.get();
    ClientResult result = new ClientResult(resultType, executor);
    try {
      if (results.expect(invocationId, member, result) != Expectation.EXPECTED) {
        return CompletableFuture.failedFuture(
            ClientResult.disconnectedError(member.connectionId()));
      }
      member
          .client()
          .send(EncodedMessage.of(InvocationMessage.of(invocationId, target, arguments)));
    } catch (RuntimeException e) {
      results.forget(invocationId);
      return CompletableFuture.failedFuture(e);
    }
    result.future().whenComplete((value, error) -> results.forget(invocationId));
    return result.future();
  }
}

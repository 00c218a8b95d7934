package io.hubbub.client.internal;

import io.hubbub.client.internal.Handlers.Handler;
import io.hubbub.client.internal.transport.Failures;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.protocol.InvocationBindingFailure;
import io.hubbub.protocol.InvocationMessage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the handlers of the server's calls, one call after the other in the server's order, and
 * sends the answers. Results of handlers are not waited for.
 *
 * <p>Threads: called on the receive callback; handlers run on the callback executor.
 */
final class HandlerCalls {
  private static final String NO_RESULT = "Client didn't provide a result.";
  private static final String BAD_ARGUMENTS = "Client failed to parse argument(s).";
  private static final Logger log = LoggerFactory.getLogger(HandlerCalls.class);

  private final Handlers handlers;
  private final SerialExecutor lane;
  private final int limit;
  private final MessageSender answers;

  HandlerCalls(Handlers handlers, SerialExecutor lane, int limit, MessageSender answers) {
    this.handlers = handlers;
    this.lane = lane;
    this.limit = limit;
    this.answers = answers;
  }

  /**
   * Lets the handlers of a call run when those before it have.
   *
   * @throws IllegalStateException if too many calls wait already
   */
  void accept(InvocationMessage call) {
    if (lane.size() >= limit) {
      throw new IllegalStateException(
          "More than "
              + limit
              + " calls of the server wait for their handlers (maximumQueuedCalls).");
    }
    lane.execute(() -> run(call));
  }

  /** A call that no handler can be given. */
  void refuse(InvocationBindingFailure failure) {
    String id = failure.invocationId();
    if (failure.targetUnknown()) {
      log.warn("No client method with the name '{}' found.", failure.target());
    } else {
      log.warn("Call of client method '{}' ignored: {}", failure.target(), failure.reason());
    }
    if (id != null) {
      answer(CompletionMessage.error(id, failure.targetUnknown() ? NO_RESULT : BAD_ARGUMENTS));
    }
  }

  private void run(InvocationMessage call) {
    List<Handler> found = handlers.find(call.target());
    Answer answer = new Answer(call);
    for (Handler handler : found) {
      runOne(handler, call, answer);
    }
    answer.give();
  }

  @SuppressWarnings("IllegalCatch") // whatever the application throws is the server's answer
  private static void runOne(Handler handler, InvocationMessage call, Answer answer) {
    try {
      Object result = handler.method().handle(call.arguments());
      if (handler.answers()) {
        answer.result(result);
      }
    } catch (Exception e) {
      answer.failed(e);
    }
  }

  private void answer(CompletionMessage message) {
    try {
      answers.send(message).whenComplete((sent, error) -> answered(message, error));
    } catch (HubEncodingException e) {
      answered(message, e);
    }
  }

  /** A result that cannot be sent is an error for the server, which waits for an answer. */
  private void answered(CompletionMessage message, @Nullable Throwable error) {
    if (error != null && message.hasResult()) {
      log.warn("The answer to a call of the server cannot be sent", error);
      answers.send(
          CompletionMessage.error(message.invocationId(), Failures.text(Failures.unwrap(error))));
    }
  }

  /** What becomes of one call; confined to the lane until it is given. */
  private final class Answer {
    private final InvocationMessage call;
    private boolean hasResult;
    private @Nullable Object result;
    private @Nullable Exception error;

    Answer(InvocationMessage call) {
      this.call = call;
    }

    void result(@Nullable Object value) {
      hasResult = true;
      result = value;
    }

    void failed(Exception reason) {
      error = reason;
      if (call.invocationId() == null) {
        log.warn("A handler of '{}' failed", call.target(), reason);
      }
    }

    void give() {
      String id = call.invocationId();
      if (id == null) {
        if (hasResult) {
          log.warn("Result given for '{}', but the server does not want one.", call.target());
        }
      } else if (result instanceof CompletionStage<?> later) {
        later.whenComplete((value, failure) -> giveLater(id, value, failure));
      } else if (hasResult) {
        answer(CompletionMessage.result(id, result));
      } else {
        Exception reason = error;
        answer(CompletionMessage.error(id, reason == null ? NO_RESULT : Failures.text(reason)));
      }
    }

    private void giveLater(String id, @Nullable Object value, @Nullable Throwable failure) {
      answer(
          failure == null
              ? CompletionMessage.result(id, value)
              : CompletionMessage.error(id, Failures.text(Failures.unwrap(failure))));
    }
  }
}

package io.hubbub.internal.dispatch;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.InvocationBindingFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the calls of one connection that no method can be run for. A call without an id wants no
 * answer: then only the log tells.
 *
 * <p>Threads: the receive callback.
 */
final class CallRefusals {
  private static final Logger LOG = LoggerFactory.getLogger(CallRefusals.class);

  private final ConnectionCalls owner;

  CallRefusals(ConnectionCalls owner) {
    this.owner = owner;
  }

  /** No method has that name. */
  void unknown(@Nullable String invocationId, String target) {
    LOG.debug("Connection {} calls unknown {}", connectionId(), target);
    refuse(invocationId, errors().methodUnknown(target));
  }

  /** As many calls run as may. */
  void tooMany(@Nullable String invocationId, int limit) {
    LOG.warn("Connection {} has too many running calls", connectionId());
    refuse(invocationId, errors().tooManyCalls(limit));
  }

  /** The arguments do not fit the method, or there is none. */
  void arguments(InvocationBindingFailure failure) {
    if (failure.targetUnknown()) {
      unknown(failure.invocationId(), failure.target());
      return;
    }
    LOG.debug(
        "Connection {} calls {} with arguments that do not fit: {}",
        connectionId(),
        failure.target(),
        failure.reason());
    HubMethod method = owner.hub().methods().find(failure.target());
    String name = method == null ? failure.target() : method.name();
    refuse(failure.invocationId(), errors().argumentsUnbound(name, failure.reason()));
  }

  private void refuse(@Nullable String invocationId, String error) {
    if (invocationId != null) {
      owner.answer(CompletionMessage.error(invocationId, error));
    }
  }

  private String connectionId() {
    return owner.caller().client().connectionId();
  }

  private ClientErrors errors() {
    return owner.hub().errors();
  }
}

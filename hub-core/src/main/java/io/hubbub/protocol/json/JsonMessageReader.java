package io.hubbub.protocol.json;

import io.hubbub.protocol.AckMessage;
import io.hubbub.protocol.CancelInvocationMessage;
import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.InvocationBindingFailure;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.PingMessage;
import io.hubbub.protocol.SequenceMessage;
import io.hubbub.protocol.StreamBindingFailure;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import io.hubbub.protocol.internal.BindingErrors;
import io.hubbub.protocol.internal.BindingException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the members of one JSON message into the message: checks what its type demands and binds
 * its payload.
 *
 * <p>Threads: any.
 */
final class JsonMessageReader {
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private final JsonValueReader values;

  JsonMessageReader(JsonValueReader values) {
    this.values = values;
  }

  /**
   * Reads one message.
   *
   * @return null for a type that is not known
   */
  @Nullable HubMessage read(JsonCursor cursor, InvocationBinder binder) {
    JsonEnvelope envelope = new JsonEnvelope(cursor);
    return switch (envelope.type) {
      case 1 -> invocation(envelope, binder, false);
      case 2 -> streamItem(envelope, binder);
      case 3 -> completion(envelope, binder);
      case 4 -> invocation(envelope, binder, true);
      case 5 -> new CancelInvocationMessage(envelope.requiredInvocationId(), envelope.headers);
      case 6 -> PingMessage.INSTANCE;
      case 7 -> new CloseMessage(envelope.error, envelope.allowReconnect);
      case 8 -> new AckMessage(envelope.requiredSequenceId());
      case 9 -> new SequenceMessage(envelope.requiredSequenceId());
      default -> null;
    };
  }

  private HubMessage invocation(JsonEnvelope envelope, InvocationBinder binder, boolean streaming) {
    String target = envelope.requiredTarget();
    JsonCursor cursor = envelope.atArguments();
    String id = envelope.optionalInvocationId();
    List<Type> types = binder.parameterTypes(target);
    if (types == null) {
      return new InvocationBindingFailure(
          id, target, streaming, true, BindingErrors.UNKNOWN_METHOD);
    }
    @Nullable Object[] arguments;
    try {
      arguments = arguments(cursor, types);
    } catch (BindingException e) {
      return new InvocationBindingFailure(id, target, streaming, false, e.reason());
    }
    return streaming
        ? new StreamInvocationMessage(
            envelope.requiredInvocationId(),
            target,
            arguments,
            envelope.streamIds,
            envelope.headers)
        : new InvocationMessage(id, target, arguments, envelope.streamIds, envelope.headers);
  }

  private @Nullable Object[] arguments(JsonCursor cursor, List<Type> types)
      throws BindingException {
    int expected = types.size();
    @Nullable Object[] arguments = expected == 0 ? NO_ARGUMENTS : new Object[expected];
    int count = 0;
    cursor.open();
    if (!cursor.closesAtOnce(']')) {
      do {
        if (count < expected) {
          arguments[count] = argument(cursor, types.get(count));
        } else {
          cursor.skipValue();
        }
        count++;
      } while (cursor.more(']'));
    }
    if (count != expected) {
      throw new BindingException(BindingErrors.wrongCount(count, expected));
    }
    return arguments;
  }

  private @Nullable Object argument(JsonCursor cursor, Type type) throws BindingException {
    try {
      return values.read(cursor, type);
    } catch (BindingException e) {
      throw new BindingException(BindingErrors.WRONG_ARGUMENTS);
    }
  }

  private HubMessage streamItem(JsonEnvelope envelope, InvocationBinder binder) {
    String id = envelope.requiredInvocationId();
    JsonCursor cursor = envelope.atItem();
    Type type = binder.itemType(id);
    if (type == null) {
      return new StreamBindingFailure(id, BindingErrors.unknownStream(id));
    }
    try {
      return new StreamItemMessage(id, values.read(cursor, type), envelope.headers);
    } catch (BindingException e) {
      return new StreamBindingFailure(id, e.reason());
    }
  }

  private HubMessage completion(JsonEnvelope envelope, InvocationBinder binder) {
    String id = envelope.requiredInvocationId();
    if (envelope.error != null && envelope.hasResult()) {
      throw new HubProtocolException("The 'error' and 'result' properties are mutually exclusive.");
    }
    if (!envelope.hasResult()) {
      return new CompletionMessage(id, envelope.error, null, false, envelope.headers);
    }
    Type type = binder.resultType(id);
    if (type == null) {
      return new CompletionMessage(id, null, null, true, envelope.headers);
    }
    try {
      Object result = values.read(envelope.atResult(), type);
      return new CompletionMessage(id, null, result, true, envelope.headers);
    } catch (BindingException e) {
      String error = BindingErrors.wrongResult(type, e);
      return new CompletionMessage(id, error, null, false, envelope.headers);
    }
  }
}

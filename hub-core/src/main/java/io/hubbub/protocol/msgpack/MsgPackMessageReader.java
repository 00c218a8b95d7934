package io.hubbub.protocol.msgpack;

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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the array that a MessagePack message is into the message. What is wrong with a payload
 * costs only what the payload was for; what is wrong with anything else ends the connection.
 *
 * <p>Threads: any.
 */
final class MsgPackMessageReader {
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  static final int ERROR_RESULT = 1;
  static final int VOID_RESULT = 2;
  static final int VALUE_RESULT = 3;

  private final MsgPackValueReader values;

  MsgPackMessageReader(MsgPackValueReader values) {
    this.values = values;
  }

  /**
   * Reads one message.
   *
   * @return null for a type that is not known
   */
  @Nullable HubMessage read(MsgPackCursor cursor, InvocationBinder binder) {
    MsgPackFields fields = new MsgPackFields(cursor);
    return switch (fields.integer("messageType")) {
      case 1 -> invocation(fields, binder);
      case 2 -> streamItem(fields, binder);
      case 3 -> completion(fields, binder);
      case 4 -> streamInvocation(fields, binder);
      case 5 -> {
        Map<String, String> headers = fields.headers();
        yield new CancelInvocationMessage(
            fields.id("invocation ID for CancelInvocation message"), headers);
      }
      case 6 -> PingMessage.INSTANCE;
      case 7 -> new CloseMessage(fields.string("error"), fields.optionalBoolean("allowReconnect"));
      case 8 -> new AckMessage(fields.number("sequenceId"));
      case 9 -> new SequenceMessage(fields.number("sequenceId"));
      default -> null;
    };
  }

  private HubMessage invocation(MsgPackFields fields, InvocationBinder binder) {
    Map<String, String> headers = fields.headers();
    String sent = fields.string("invocationId");
    String id = sent == null || sent.isEmpty() ? null : sent;
    String target = fields.target("target for Invocation message");
    List<Type> types = binder.parameterTypes(target);
    if (types == null) {
      return new InvocationBindingFailure(id, target, false, true, BindingErrors.UNKNOWN_METHOD);
    }
    try {
      @Nullable Object[] arguments = arguments(fields, types);
      return new InvocationMessage(id, target, arguments, fields.streamIds(), headers);
    } catch (BindingException e) {
      return new InvocationBindingFailure(id, target, false, false, e.reason());
    }
  }

  private HubMessage streamInvocation(MsgPackFields fields, InvocationBinder binder) {
    Map<String, String> headers = fields.headers();
    String id = fields.id("invocation ID for StreamInvocation message");
    String target = fields.target("target for StreamInvocation message");
    List<Type> types = binder.parameterTypes(target);
    if (types == null) {
      return new InvocationBindingFailure(id, target, true, true, BindingErrors.UNKNOWN_METHOD);
    }
    try {
      @Nullable Object[] arguments = arguments(fields, types);
      return new StreamInvocationMessage(id, target, arguments, fields.streamIds(), headers);
    } catch (BindingException e) {
      return new InvocationBindingFailure(id, target, true, false, e.reason());
    }
  }

  private @Nullable Object[] arguments(MsgPackFields fields, List<Type> types)
      throws BindingException {
    MsgPackCursor cursor = fields.atArguments();
    if (cursor.kind() != MsgPackKind.ARRAY) {
      throw new BindingException("Reading array length for 'arguments' failed.");
    }
    int count = cursor.readArrayLength();
    if (count != types.size()) {
      throw new BindingException(BindingErrors.wrongCount(count, types.size()));
    }
    @Nullable Object[] arguments = count == 0 ? NO_ARGUMENTS : new Object[count];
    for (int i = 0; i < count; i++) {
      arguments[i] = argument(cursor, types.get(i));
    }
    return arguments;
  }

  private @Nullable Object argument(MsgPackCursor cursor, Type type) throws BindingException {
    try {
      return values.read(cursor, type);
    } catch (BindingException e) {
      throw new BindingException(BindingErrors.WRONG_ARGUMENTS);
    }
  }

  private HubMessage streamItem(MsgPackFields fields, InvocationBinder binder) {
    Map<String, String> headers = fields.headers();
    String id = fields.id("invocation ID for StreamItem message");
    Type type = binder.itemType(id);
    if (type == null) {
      return new StreamBindingFailure(id, BindingErrors.unknownStream(id));
    }
    try {
      return new StreamItemMessage(id, values.read(fields.atPayload(), type), headers);
    } catch (BindingException e) {
      return new StreamBindingFailure(id, e.reason());
    }
  }

  private HubMessage completion(MsgPackFields fields, InvocationBinder binder) {
    Map<String, String> headers = fields.headers();
    String id = fields.id("invocation ID for Completion message");
    return switch (fields.integer("resultKind")) {
      case ERROR_RESULT -> new CompletionMessage(id, fields.string("error"), null, false, headers);
      case VOID_RESULT -> new CompletionMessage(id, null, null, false, headers);
      case VALUE_RESULT -> result(id, fields, headers, binder.resultType(id));
      default -> throw new HubProtocolException("Invalid invocation result kind.");
    };
  }

  private HubMessage result(
      String id, MsgPackFields fields, Map<String, String> headers, @Nullable Type type) {
    if (type == null) {
      return new CompletionMessage(id, null, null, true, headers);
    }
    try {
      Object result = values.read(fields.atPayload(), type);
      return new CompletionMessage(id, null, result, true, headers);
    } catch (BindingException e) {
      return new CompletionMessage(id, BindingErrors.wrongResult(type, e), null, false, headers);
    }
  }
}

package io.hubbub.protocol.msgpack;

import io.hubbub.protocol.AckMessage;
import io.hubbub.protocol.CancelInvocationMessage;
import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessageHandler;
import io.hubbub.protocol.InvocationBindingFailure;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.PingMessage;
import io.hubbub.protocol.SequenceMessage;
import io.hubbub.protocol.StreamBindingFailure;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message as a MessagePack array, with the number of elements that the original writes.
 *
 * <p>Threads: one at a time.
 */
final class MsgPackMessageWriter implements HubMessageHandler {
  private final MsgPackWriter writer;
  private final MsgPackValueWriter values;

  MsgPackMessageWriter(MsgPackWriter writer, MsgPackValueWriter values) {
    this.writer = writer;
    this.values = values;
  }

  @Override
  public void onInvocation(InvocationMessage message) {
    begin(6, 1, message.headers());
    text(message.invocationId());
    call(message.target(), message.arguments(), message.streamIds());
  }

  @Override
  public void onStreamInvocation(StreamInvocationMessage message) {
    begin(6, 4, message.headers());
    text(message.invocationId());
    call(message.target(), message.arguments(), message.streamIds());
  }

  private void call(String target, @Nullable Object[] arguments, List<String> streamIds) {
    writer.string(target);
    writer.arrayHead(arguments.length);
    for (Object argument : arguments) {
      value(argument);
    }
    writer.arrayHead(streamIds.size());
    for (String streamId : streamIds) {
      writer.string(streamId);
    }
  }

  @Override
  public void onStreamItem(StreamItemMessage message) {
    begin(4, 2, message.headers());
    writer.string(message.invocationId());
    value(message.item());
  }

  @Override
  public void onCompletion(CompletionMessage message) {
    String error = message.error();
    boolean failed = error != null && !error.isEmpty();
    begin(failed || message.hasResult() ? 5 : 4, 3, message.headers());
    writer.string(message.invocationId());
    if (failed) {
      writer.integer(MsgPackMessageReader.ERROR_RESULT);
      text(error);
    } else if (message.hasResult()) {
      writer.integer(MsgPackMessageReader.VALUE_RESULT);
      value(message.result());
    } else {
      writer.integer(MsgPackMessageReader.VOID_RESULT);
    }
  }

  @Override
  public void onCancelInvocation(CancelInvocationMessage message) {
    begin(3, 5, message.headers());
    writer.string(message.invocationId());
  }

  @Override
  public void onPing(PingMessage message) {
    begin(1, 6);
  }

  @Override
  public void onClose(CloseMessage message) {
    begin(3, 7);
    text(message.error());
    writer.bool(message.allowReconnect());
  }

  @Override
  public void onAck(AckMessage message) {
    begin(2, 8);
    writer.integer(message.sequenceId());
  }

  @Override
  public void onSequence(SequenceMessage message) {
    begin(2, 9);
    writer.integer(message.sequenceId());
  }

  @Override
  public void onInvocationBindingFailure(InvocationBindingFailure failure) {
    throw new IllegalArgumentException("Expected a message but got what a parser found wrong");
  }

  @Override
  public void onStreamBindingFailure(StreamBindingFailure failure) {
    throw new IllegalArgumentException("Expected a message but got what a parser found wrong");
  }

  private void begin(int elements, int type) {
    writer.arrayHead(elements);
    writer.integer(type);
  }

  private void begin(int elements, int type, Map<String, String> headers) {
    begin(elements, type);
    writer.mapHead(headers.size());
    headers.forEach(
        (name, text) -> {
          writer.string(name);
          writer.string(text);
        });
  }

  /** Text that may be absent: null and the empty string are nil. */
  private void text(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      writer.nil();
    } else {
      writer.string(text);
    }
  }

  private void value(@Nullable Object value) {
    try {
      values.write(writer, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.hubbub.protocol.json;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message as JSON, members in the original's order and absent ones left out: some
 * clients refuse nulls and empty headers.
 *
 * <p>Threads: one at a time.
 */
final class JsonMessageWriter implements HubMessageHandler {
  private static final byte[] HEADERS = member("headers");
  private static final byte[] INVOCATION_ID = member("invocationId");
  private static final byte[] TARGET = member("target");
  private static final byte[] ARGUMENTS = member("arguments");
  private static final byte[] STREAM_IDS = member("streamIds");
  private static final byte[] ITEM = member("item");
  private static final byte[] RESULT = member("result");
  private static final byte[] ERROR = member("error");
  private static final byte[] ALLOW_RECONNECT = member("allowReconnect");
  private static final byte[] SEQUENCE_ID = member("sequenceId");
  private static final byte[] START = "{\"type\":".getBytes(StandardCharsets.US_ASCII);

  private final JsonWriter writer;
  private final JsonValueWriter values;

  JsonMessageWriter(JsonWriter writer, JsonValueWriter values) {
    this.writer = writer;
    this.values = values;
  }

  private static byte[] member(String name) {
    return (",\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void onInvocation(InvocationMessage message) {
    begin('1', message.headers());
    id(message.invocationId());
    call(message.target(), message.arguments(), message.streamIds());
  }

  @Override
  public void onStreamInvocation(StreamInvocationMessage message) {
    begin('4', message.headers());
    id(message.invocationId());
    call(message.target(), message.arguments(), message.streamIds());
  }

  private void call(String target, @Nullable Object[] arguments, List<String> streamIds) {
    writer.raw(TARGET);
    writer.string(target);
    writer.raw(ARGUMENTS);
    writer.raw('[');
    for (int i = 0; i < arguments.length; i++) {
      if (i > 0) {
        writer.raw(',');
      }
      value(arguments[i]);
    }
    writer.raw(']');
    if (!streamIds.isEmpty()) {
      streamIds(streamIds);
    }
    writer.raw('}');
  }

  private void streamIds(List<String> streamIds) {
    writer.raw(STREAM_IDS);
    char before = '[';
    for (String streamId : streamIds) {
      writer.raw(before);
      writer.string(streamId);
      before = ',';
    }
    writer.raw(']');
  }

  @Override
  public void onStreamItem(StreamItemMessage message) {
    begin('2', message.headers());
    id(message.invocationId());
    writer.raw(ITEM);
    value(message.item());
    writer.raw('}');
  }

  @Override
  public void onCompletion(CompletionMessage message) {
    begin('3', message.headers());
    id(message.invocationId());
    String error = message.error();
    if (error != null && !error.isEmpty()) {
      writer.raw(ERROR);
      writer.string(error);
    } else if (message.hasResult()) {
      writer.raw(RESULT);
      value(message.result());
    }
    writer.raw('}');
  }

  @Override
  public void onCancelInvocation(CancelInvocationMessage message) {
    begin('5', message.headers());
    id(message.invocationId());
    writer.raw('}');
  }

  @Override
  public void onPing(PingMessage message) {
    begin('6', Map.of());
    writer.raw('}');
  }

  @Override
  public void onClose(CloseMessage message) {
    begin('7', Map.of());
    String error = message.error();
    if (error != null) {
      writer.raw(ERROR);
      writer.string(error);
    }
    if (message.allowReconnect()) {
      writer.raw(ALLOW_RECONNECT);
      writer.bool(true);
    }
    writer.raw('}');
  }

  @Override
  public void onAck(AckMessage message) {
    sequence('8', message.sequenceId());
  }

  @Override
  public void onSequence(SequenceMessage message) {
    sequence('9', message.sequenceId());
  }

  private void sequence(char type, long id) {
    begin(type, Map.of());
    writer.raw(SEQUENCE_ID);
    writer.number(id);
    writer.raw('}');
  }

  @Override
  public void onInvocationBindingFailure(InvocationBindingFailure failure) {
    throw new IllegalArgumentException("Expected a message but got what a parser found wrong");
  }

  @Override
  public void onStreamBindingFailure(StreamBindingFailure failure) {
    throw new IllegalArgumentException("Expected a message but got what a parser found wrong");
  }

  private void begin(char type, Map<String, String> headers) {
    writer.raw(START);
    writer.raw(type);
    if (headers.isEmpty()) {
      return;
    }
    writer.raw(HEADERS);
    char[] before = {'{'};
    headers.forEach(
        (name, text) -> {
          writer.raw(before[0]);
          writer.string(name);
          writer.raw(':');
          writer.string(text);
          before[0] = ',';
        });
    writer.raw('}');
  }

  private void id(@Nullable String invocationId) {
    if (invocationId != null && !invocationId.isEmpty()) {
      writer.raw(INVOCATION_ID);
      writer.string(invocationId);
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

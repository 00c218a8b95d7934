package io.hubbub.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.TransferFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** A protocol whose frames tell what was sent, and which counts how often it encodes. */
final class NamingProtocol implements HubProtocol {
  final AtomicInteger encodings = new AtomicInteger();
  private final String name;

  NamingProtocol(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public TransferFormat transferFormat() {
    return TransferFormat.TEXT;
  }

  @Override
  public HubMessage parse(ByteBuffer frame, InvocationBinder binder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] encode(HubMessage message) {
    encodings.incrementAndGet();
    return text(message).getBytes(UTF_8);
  }

  private String text(HubMessage message) {
    if (message instanceof InvocationMessage call) {
      if (Arrays.asList(call.arguments()).contains(Double.POSITIVE_INFINITY)) {
        throw new HubEncodingException("infinite", new ArithmeticException());
      }
      String id = call.invocationId() == null ? "" : call.invocationId() + ":";
      return id + call.target() + Arrays.toString(call.arguments());
    }
    return ((CompletionMessage) message).toString();
  }

  @Override
  public int frameLength(ByteBuffer input, int scanned, int maxLength) {
    return INCOMPLETE;
  }
}

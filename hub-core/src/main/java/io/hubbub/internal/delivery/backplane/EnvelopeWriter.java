package io.hubbub.internal.delivery.backplane;

import java.util.Map;

/**
 * Writes envelopes: MessagePack arrays in their shortest forms, byte for byte as .NET nodes do.
 *
 * <p>Threads: any.
 */
final class EnvelopeWriter {
  private static final int SMALL = 128;

  private EnvelopeWriter() {}

  static byte[] invocation(InvocationEnvelope envelope) {
    EnvelopeOutput out = new EnvelopeOutput(sizeOf(envelope));
    out.array(envelope.reply().isPresent() ? 4 : 2);
    out.array(envelope.excluded().size());
    envelope.excluded().forEach(out::string);
    out.map(envelope.frames().size());
    for (Map.Entry<String, byte[]> frame : envelope.frames().entrySet()) {
      out.string(frame.getKey());
      out.binary(frame.getValue());
    }
    envelope
        .reply()
        .ifPresent(
            reply -> {
              out.string(reply.invocationId());
              out.string(reply.channel());
            });
    return out.toBytes();
  }

  private static int sizeOf(InvocationEnvelope envelope) {
    int size = SMALL + 32 * envelope.excluded().size();
    for (byte[] frame : envelope.frames().values()) {
      size += frame.length + 32;
    }
    return size;
  }

  static byte[] groupCommand(GroupCommand command) {
    EnvelopeOutput out = new EnvelopeOutput(SMALL);
    out.array(5);
    out.integer(command.id());
    out.string(command.server());
    out.integer(command.action());
    out.string(command.group());
    out.string(command.connectionId());
    return out.toBytes();
  }

  static byte[] ack(int id) {
    EnvelopeOutput out = new EnvelopeOutput(8);
    out.array(1);
    out.integer(id);
    return out.toBytes();
  }

  static byte[] result(ResultEnvelope envelope) {
    EnvelopeOutput out = new EnvelopeOutput(SMALL + envelope.frame().length);
    out.array(2);
    out.string(envelope.protocol());
    out.binary(envelope.frame());
    return out.toBytes();
  }
}

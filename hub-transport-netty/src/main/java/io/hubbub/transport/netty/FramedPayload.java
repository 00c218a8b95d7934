package io.hubbub.transport.netty;

import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * A payload as one WebSocket frame, made once and written to all its receivers.
 *
 * <p>Threads: immutable; any.
 */
final class FramedPayload {
  /** Room for the longest header of a server's frame. */
  static final int MAX_HEADER = 10;

  private static final int FIN = 0x80;
  private static final int MAX_SHORT = 125;
  private static final int MAX_16 = 0xFFFF;

  /** Off the heap, so that the kernel reads it without a copy; the garbage collector frees it. */
  private final ByteBuf frame;

  private FramedPayload(Payload payload) {
    int header = headerLength(payload.size());
    ByteBuf bytes = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(header + payload.size()));
    bytes.clear();
    writeHeader(bytes, opcode(payload.format()), payload.size());
    bytes.writeBytes(payload.array());
    this.frame = Unpooled.unreleasableBuffer(bytes);
  }

  /** The frame of a payload. */
  static FramedPayload of(Payload payload) {
    return payload.form(FramedPayload.class, FramedPayload::new);
  }

  /** A view to write once; it needs no release. */
  ByteBuf view() {
    return frame.duplicate();
  }

  static int opcode(TransferFormat format) {
    return format == TransferFormat.TEXT ? FrameParser.TEXT : FrameParser.BINARY;
  }

  static int headerLength(int length) {
    return length <= MAX_SHORT ? 2 : length <= MAX_16 ? 4 : MAX_HEADER;
  }

  static void writeHeader(ByteBuf out, int opcode, int length) {
    out.writeByte(FIN | opcode);
    if (length <= MAX_SHORT) {
      out.writeByte(length);
    } else if (length <= MAX_16) {
      out.writeByte(126).writeShort(length);
    } else {
      out.writeByte(127).writeLong(length);
    }
  }
}

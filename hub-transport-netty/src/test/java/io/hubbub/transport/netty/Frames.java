package io.hubbub.transport.netty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as a client sends them. */
final class Frames {
  static final int FIN = 0x80;

  private Frames() {}

  static byte[] text(String text) {
    return of(FIN | FrameParser.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] close(int code) {
    return of(FIN | FrameParser.CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
  }

  /** One masked frame with any first byte. */
  static byte[] of(int first, byte[] payload) {
    byte[] mask = {(byte) 0x9A, 0x03, (byte) 0xFF, 0x71};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    writeLength(out, payload.length);
    out.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ mask[i & 3]);
    }
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 126) {
      out.write(0x80 | length);
    } else if (length < 65536) {
      out.write(0x80 | 126);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
    } else {
      out.write(0x80 | 127);
      out.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    }
  }

  static byte[] join(byte[]... frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      out.writeBytes(frame);
    }
    return out.toByteArray();
  }
}

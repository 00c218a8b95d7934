package io.hubbub.transport.netty;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the WebSocket frames of one client (RFC 6455, section 5). Data is unmasked into a buffer of
 * the event loop and handed on at once: neither a frame nor a message is ever gathered, so their
 * length needs no limit here. What came in one read is handed on in one piece.
 *
 * <p>Threads: the connection's event loop.
 */
final class FrameParser {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  static final int PROTOCOL_ERROR = 1002;
  static final int INVALID_TEXT = 1007;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;
  private static final int MAX_CONTROL = 125;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Utf8 utf8 = new Utf8();
  private boolean inFrame;
  private boolean last;
  private byte opcode;

  /** The opcode of the message that is under way; 0 between messages. */
  private byte message;

  private int mask;
  private long remaining;

  /** Takes what the parser finds. */
  interface Sink {
    /**
     * Data of messages.
     *
     * @return whether more is wanted now
     */
    boolean onData(byte[] bytes, int length);

    /** A ping's payload. */
    void onPing(byte[] payload);

    /** A close frame; nothing is parsed after it. */
    void onClose();
  }

  /**
   * Parses until the bytes are used up, the sink wants no more, or what is left is too short to
   * tell.
   *
   * @param in its readable bytes afterwards must be offered again, before what follows them
   * @param room where data is put for the sink
   * @throws WebSocketViolation if the client broke the protocol
   */
  void parse(ByteBuf in, byte[] room, Sink sink) throws WebSocketViolation {
    int filled = 0;
    while (inFrame || readHeader(in)) {
      if (opcode >= CLOSE) {
        if (in.readableBytes() < remaining) {
          break;
        }
        if (filled > 0) {
          int length = filled;
          filled = 0;
          if (!sink.onData(room, length)) {
            return;
          }
        }
        if (readControl(in, sink)) {
          return;
        }
        continue;
      }
      filled = readData(in, room, filled);
      if (filled == room.length) {
        filled = 0;
        if (!sink.onData(room, room.length)) {
          return;
        }
      }
      if (inFrame && !in.isReadable()) {
        break;
      }
    }
    if (filled > 0) {
      sink.onData(room, filled);
    }
  }

  /** Reads a header, or nothing when it is not yet there as a whole. */
  private boolean readHeader(ByteBuf in) throws WebSocketViolation {
    int start = in.readerIndex();
    int available = in.readableBytes();
    if (available < 2) {
      return false;
    }
    int first = in.getByte(start);
    int second = in.getByte(start + 1);
    checkHeader(first, second);
    int shortLength = second & 0x7F;
    int extra = shortLength == LENGTH_16 ? 2 : shortLength == LENGTH_64 ? 8 : 0;
    if (available < 6 + extra) {
      return false;
    }
    remaining = length(in, start + 2, shortLength);
    mask = in.getInt(start + 2 + extra);
    in.readerIndex(start + 6 + extra);
    last = (first & FIN) != 0;
    opcode = (byte) (first & 0x0F);
    if (opcode == TEXT || opcode == BINARY) {
      message = opcode;
    }
    inFrame = true;
    return true;
  }

  private void checkHeader(int first, int second) throws WebSocketViolation {
    if ((first & RESERVED) != 0) {
      throw violation("Expected reserved bits to be 0: no extension was agreed on");
    }
    if ((second & MASKED) == 0) {
      throw violation("Expected a masked frame, as clients must send");
    }
    switch (first & 0x0F) {
      case CONTINUATION -> {
        if (message == 0) {
          throw violation("Found a continuation where no message is under way");
        }
      }
      case TEXT, BINARY -> {
        if (message != 0) {
          throw violation("Found a new message inside a fragmented one");
        }
      }
      case CLOSE, PING, PONG -> {
        if ((first & FIN) == 0 || (second & 0x7F) > MAX_CONTROL) {
          throw violation("Expected a control frame of at most 125 bytes in one piece");
        }
      }
      default -> throw violation("Found the unknown opcode " + (first & 0x0F));
    }
  }

  private static long length(ByteBuf in, int at, int shortLength) throws WebSocketViolation {
    if (shortLength == LENGTH_16) {
      return in.getUnsignedShort(at);
    }
    if (shortLength < LENGTH_16) {
      return shortLength;
    }
    long length = in.getLong(at);
    if (length < 0) {
      throw violation("Expected a frame's length to be below 2^63");
    }
    return length;
  }

  private int readData(ByteBuf in, byte[] room, int filled) throws WebSocketViolation {
    int count = (int) Math.min(remaining, Math.min(in.readableBytes(), room.length - filled));
    in.readBytes(room, filled, count);
    boolean ascii = unmask(room, filled, filled + count);
    remaining -= count;
    if (message == TEXT && (!ascii || !utf8.isComplete())) {
      checkText(utf8.accept(room, filled, filled + count));
    }
    if (remaining == 0) {
      inFrame = false;
      if (last) {
        checkText(utf8.isComplete());
        message = 0;
      }
    }
    return filled + count;
  }

  private static void checkText(boolean valid) throws WebSocketViolation {
    if (!valid) {
      throw new WebSocketViolation(INVALID_TEXT, "Expected a text message to be UTF-8");
    }
  }

  /**
   * Unmasks in place.
   *
   * @return whether all bytes are ASCII
   */
  private boolean unmask(byte[] bytes, int from, int to) {
    long wide = ((long) mask << 32) | (mask & 0xFFFFFFFFL);
    long seen = 0;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long value = (long) LONGS.get(bytes, i) ^ wide;
      LONGS.set(bytes, i, value);
      seen |= value;
    }
    for (int shift = 56; i < to; i++, shift -= 8) {
      bytes[i] ^= (byte) (wide >>> shift);
      seen |= bytes[i] & 0xFFL;
    }
    mask = Integer.rotateLeft(mask, ((to - from) & 3) * 8);
    return (seen & HIGH_BITS) == 0;
  }

  /** Reads a control frame; answers whether it was a close. */
  private boolean readControl(ByteBuf in, Sink sink) throws WebSocketViolation {
    byte[] payload = new byte[(int) remaining];
    in.readBytes(payload);
    unmask(payload, 0, payload.length);
    inFrame = false;
    remaining = 0;
    switch (opcode) {
      case PING -> sink.onPing(payload);
      case CLOSE -> {
        checkClose(payload);
        sink.onClose();
        return true;
      }
      default -> {}
    }
    return false;
  }

  private static void checkClose(byte[] payload) throws WebSocketViolation {
    if (payload.length == 0) {
      return;
    }
    if (payload.length == 1) {
      throw violation("Expected a close frame to have no payload or at least a code");
    }
    int code = ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    if (code < 1000 || code > 4999 || (code >= 1004 && code <= 1006) || isReserved(code)) {
      throw violation("Found the close code " + code + ", which nobody may send");
    }
    Utf8 reason = new Utf8();
    checkText(reason.accept(payload, 2, payload.length) && reason.isComplete());
  }

  private static boolean isReserved(int code) {
    return code > 1014 && code < 3000;
  }

  private static WebSocketViolation violation(String message) {
    return new WebSocketViolation(PROTOCOL_ERROR, message);
  }
}

package io.hubbub.protocol.msgpack;

import io.hubbub.protocol.Framing;
import io.hubbub.protocol.HubProtocolException;
import java.nio.ByteBuffer;

/**
 * The length in front of a MessagePack message: seven bits a byte, lowest first, the highest bit
 * set when more follow.
 *
 * <p>Threads: any.
 */
final class VarInt {
  /** The longest prefix, in bytes. */
  static final int MAX_SIZE = 5;

  private static final int MAX_LAST_BYTE = 7;

  private VarInt() {}

  /** Length of prefix and message; {@link Framing#INCOMPLETE} while the prefix is. */
  static int frameLength(ByteBuffer input) {
    int start = input.position();
    int limit = Math.min(input.remaining(), MAX_SIZE);
    long length = 0;
    for (int i = 0; i < limit; i++) {
      int next = input.get(start + i) & 0xFF;
      if (i == MAX_SIZE - 1 && next > MAX_LAST_BYTE) {
        throw new HubProtocolException("Messages over 2GB in size are not supported.");
      }
      length |= (long) (next & 0x7F) << (7 * i);
      if (next < 0x80) {
        return (int) Math.min(length + i + 1, Integer.MAX_VALUE);
      }
    }
    return Framing.INCOMPLETE;
  }

  /** How many bytes of a whole frame are its prefix. */
  static int prefixSize(ByteBuffer frame) {
    int size = 1;
    while (frame.get(frame.position() + size - 1) < 0) {
      size++;
    }
    return size;
  }

  /** How many bytes the prefix of a message takes. */
  static int size(int length) {
    int size = 1;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      size++;
    }
    return size;
  }

  /** Writes the prefix to the front of an array. */
  static void write(int length, byte[] to) {
    int rest = length;
    int at = 0;
    while (rest > 0x7F) {
      to[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[at] = (byte) rest;
  }
}

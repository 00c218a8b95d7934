package io.hubbub.client.internal.socket;

import io.hubbub.protocol.TransferFormat;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * What the messages of a WebSocket are; travels to {@link SocketContainer} among the properties of
 * a connection's configuration.
 *
 * <p>Tyrus sends text from strings only, and encodes them with a buffer of three times their
 * length. Our messages are UTF-8 already. So it is given them as binary messages, and the type is
 * set in the finished frame.
 */
public enum SocketFormat {
  /** Frames stay as they are. */
  BINARY {
    @Override
    void mark(ByteBuffer frame) {}
  },

  /** Binary frames become text frames. */
  TEXT {
    @Override
    void mark(ByteBuffer frame) {
      int at = frame.position();
      byte first = frame.get(at);
      if ((first & OPCODE) == BINARY_FRAME) {
        frame.put(at, (byte) (first & ~OPCODE | TEXT_FRAME));
      }
    }
  };

  private static final int OPCODE = 0x0f;
  private static final int TEXT_FRAME = 1;
  private static final int BINARY_FRAME = 2;
  private static final String PROPERTY = SocketFormat.class.getName();

  /** The format of a protocol's messages. */
  public static SocketFormat of(TransferFormat format) {
    return format == TransferFormat.TEXT ? TEXT : BINARY;
  }

  /** Puts it where the container finds it. */
  public void addTo(Map<String, Object> properties) {
    properties.put(PROPERTY, this);
  }

  static SocketFormat from(Map<String, Object> properties) {
    return properties.get(PROPERTY) instanceof SocketFormat given ? given : BINARY;
  }

  /** Sets the type of a whole frame, which is about to be written. */
  abstract void mark(ByteBuffer frame);
}

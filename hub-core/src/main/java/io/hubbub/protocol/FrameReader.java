package io.hubbub.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes, in whatever pieces it arrives, into whole frames, and refuses a frame
 * that is too long before it has buffered it. Bytes are copied only when a frame is split over two
 * pieces.
 *
 * <p>Threads: one at a time (the receive callback).
 */
public final class FrameReader {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
  private static final int MAX_SPARE = 1 << 16;

  private final int maxLength;
  private ByteBuffer kept = EMPTY;
  private ByteBuffer input = EMPTY;
  private int scanned;

  /**
   * @param maxLength the longest frame accepted, in bytes, delimiter or length prefix included
   */
  public FrameReader(int maxLength) {
    this.maxLength = maxLength;
  }

  /**
   * Adds bytes. They stay the caller's and must not change until {@link #next} has answered null or
   * {@link #retain} was called: what is left then is copied.
   */
  public void add(ByteBuffer bytes) {
    if (!kept.hasRemaining()) {
      kept = EMPTY;
      input = bytes;
      return;
    }
    int end = kept.limit();
    if (kept.capacity() - end < bytes.remaining()) {
      kept = grown(bytes.remaining());
      end = kept.limit();
    }
    int start = kept.position();
    kept.limit(end + bytes.remaining()).position(end);
    kept.put(bytes).position(start);
    input = kept;
  }

  /** Room is doubled, so that a frame that comes byte by byte is not copied for every byte. */
  private ByteBuffer grown(int more) {
    int needed = kept.remaining() + more;
    int spare = Math.min(kept.remaining(), MAX_SPARE);
    return ByteBuffer.allocate(Math.addExact(needed, spare)).put(kept).flip();
  }

  /** Copies what is left of the bytes that were added, so that their owner may have them back. */
  public void retain() {
    if (input.hasRemaining()) {
      keep();
    } else {
      release();
    }
  }

  /**
   * The next whole frame.
   *
   * @param framing whose frames these are
   * @return a view of exactly one frame, valid until the next call; null when more bytes are needed
   * @throws HubProtocolException if no frame can begin like this
   * @throws FrameTooLongException if the frame is longer than allowed
   */
  public @Nullable ByteBuffer next(Framing framing) {
    if (!input.hasRemaining()) {
      release();
      return null;
    }
    int length = framing.frameLength(input, scanned, maxLength);
    if (length == Framing.INCOMPLETE) {
      scanned = input.remaining();
      if (scanned >= maxLength) {
        throw new FrameTooLongException(maxLength);
      }
      keep();
      return null;
    }
    if (length > maxLength) {
      throw new FrameTooLongException(maxLength);
    }
    if (length > input.remaining()) {
      scanned = input.remaining();
      keep();
      return null;
    }
    scanned = 0;
    int start = input.position();
    ByteBuffer frame = input.duplicate().limit(start + length);
    input.position(start + length);
    return frame;
  }

  private void keep() {
    if (input != kept) {
      kept = ByteBuffer.allocate(input.remaining()).put(input).flip();
      input = kept;
    }
  }

  private void release() {
    kept = EMPTY;
    input = EMPTY;
    scanned = 0;
  }

  /** Whether part of a frame is waiting for its rest. */
  public boolean hasPartialFrame() {
    return input.hasRemaining();
  }

  /** Forgets the part of a frame that has arrived so far. */
  public void discardPartialFrame() {
    release();
  }

  /** A frame is longer than the receiver allows. */
  public static final class FrameTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int limit;

    FrameTooLongException(int limit) {
      super(
          "The maximum message size of "
              + limit
              + "B was exceeded. The message size can be configured in AddHubOptions.");
      this.limit = limit;
    }

    /** The limit in bytes. */
    public int limit() {
      return limit;
    }
  }
}

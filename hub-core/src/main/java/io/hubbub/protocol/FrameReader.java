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
  private static final byte[] NOTHING = {};
  private static final ByteBuffer EMPTY = ByteBuffer.wrap(NOTHING);
  private static final int SMALLEST_KEPT = 64;

  private final int maxLength;

  /** What is not read yet: the caller's bytes, or a view of {@link #kept}. */
  private ByteBuffer input = EMPTY;

  /** Our copy of a frame that has come in part; empty when there is none. */
  private byte[] kept = NOTHING;

  /** How many bytes of the input have been searched for the end of a frame in vain. */
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
    if (!input.hasRemaining()) {
      release();
      input = bytes;
      return;
    }
    keep();
    append(bytes);
  }

  /** Doubles when it grows, so that a frame which comes byte by byte is copied twice at most. */
  private void append(ByteBuffer bytes) {
    int unread = input.remaining();
    int more = bytes.remaining();
    if (more > kept.length - input.limit()) {
      int needed = Math.addExact(unread, more);
      byte[] to = needed > kept.length ? new byte[capacity(needed)] : kept;
      System.arraycopy(kept, input.position(), to, 0, unread);
      kept = to;
      input = ByteBuffer.wrap(kept, 0, unread);
    }
    int end = input.limit();
    bytes.get(kept, end, more);
    input.limit(end + more);
  }

  /** Copies what is left of the bytes that were added, so that their owner may have them back. */
  public void retain() {
    if (input.hasRemaining()) {
      keep();
    } else {
      release();
    }
  }

  private int capacity(int needed) {
    return Math.max(needed, (int) Math.min(2L * kept.length, Integer.MAX_VALUE - 8));
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
    if (kept.length == 0) {
      int unread = input.remaining();
      kept = new byte[Math.max(unread, SMALLEST_KEPT)];
      input.get(kept, 0, unread);
      input = ByteBuffer.wrap(kept, 0, unread);
    }
  }

  private void release() {
    kept = NOTHING;
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

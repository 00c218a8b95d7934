package io.hubbub.protocol;

import java.nio.ByteBuffer;

/** Where one frame ends and the next begins. */
@FunctionalInterface
public interface Framing {
  /** What {@link #frameLength} answers while a frame is incomplete. */
  int INCOMPLETE = -1;

  /**
   * Length in bytes of the first whole frame at the input's position, delimiter or length prefix
   * included. Moves nothing.
   *
   * @param input unread bytes
   * @param scanned how many of them an earlier call has seen already without finding the end
   * @param maxLength the longest frame the caller accepts; a frame announced as longer may be
   *     answered with its length although it is incomplete, so that the caller can refuse it before
   *     it buffers anything
   * @return the length, or {@link #INCOMPLETE}
   * @throws HubProtocolException if no frame can begin like this
   */
  int frameLength(ByteBuffer input, int scanned, int maxLength);
}

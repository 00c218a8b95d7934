package io.hubbub.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A wire encoding of hub messages.
 *
 * <p>Threads: implementations are immutable and called from any number of threads at once.
 */
public interface HubProtocol extends Framing {
  /** The name by which a handshake asks for it, in lower case, as {@code json}. */
  String name();

  /** The highest protocol version that it speaks. */
  int version();

  /** Whether its frames are text or arbitrary bytes. */
  TransferFormat transferFormat();

  /**
   * Reads the message in one whole frame.
   *
   * @param frame exactly one frame; afterwards fully consumed. Its bytes are the caller's again
   *     after the call
   * @param binder tells the types of payloads
   * @return the message, a binding failure if only its payload does not fit, or null for a type
   *     that this version does not know
   * @throws HubProtocolException if it is no message: the connection is to be closed
   */
  @Nullable HubMessage parse(ByteBuffer frame, InvocationBinder binder);

  /**
   * Writes one message as one frame.
   *
   * @throws HubEncodingException if its payload cannot be written; nothing was written then
   */
  byte[] encode(HubMessage message);
}

package io.hubbub.protocol;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One message for many receivers: encoded at most once per protocol, on first need; or, when it
 * came from another node, only in the encodings which that node sent.
 *
 * <p>Threads: any.
 */
public final class EncodedMessage {
  private final @Nullable HubMessage message;
  private final Map<String, Payload> payloads;

  private @Nullable HubProtocol firstProtocol;
  private volatile @Nullable Payload firstPayload;

  private EncodedMessage(@Nullable HubMessage message, Map<String, Payload> payloads) {
    this.message = message;
    this.payloads = payloads;
  }

  /** A message that is encoded when a receiver needs it. */
  public static EncodedMessage of(HubMessage message) {
    return new EncodedMessage(message, new ConcurrentHashMap<>(4));
  }

  /**
   * A message that another node has encoded.
   *
   * @param payloads protocol name to bytes
   */
  public static EncodedMessage of(Map<String, Payload> payloads) {
    return new EncodedMessage(null, Map.copyOf(payloads));
  }

  /**
   * The bytes for one protocol.
   *
   * @return the bytes, or null when the message came from another node without that protocol's
   *     encoding
   * @throws HubEncodingException if its payload cannot be written
   */
  public @Nullable Payload in(HubProtocol protocol) {
    Payload known = firstPayload;
    if (known != null && firstProtocol == protocol) {
      return known;
    }
    return lookUp(protocol);
  }

  private @Nullable Payload lookUp(HubProtocol protocol) {
    HubMessage source = message;
    Payload payload =
        source == null
            ? payloads.get(protocol.name())
            : payloads.computeIfAbsent(
                protocol.name(),
                name -> Payload.of(protocol.encode(source), protocol.transferFormat()));
    if (payload != null && firstPayload == null) {
      rememberFirst(protocol, payload);
    }
    return payload;
  }

  private synchronized void rememberFirst(HubProtocol protocol, Payload payload) {
    if (firstPayload == null) {
      firstProtocol = protocol;
      firstPayload = payload;
    }
  }

  /** The message itself; null when it came encoded from another node. */
  public @Nullable HubMessage message() {
    return message;
  }
}

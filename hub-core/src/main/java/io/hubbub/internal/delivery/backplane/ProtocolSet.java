package io.hubbub.internal.delivery.backplane;

import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.Payload;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every protocol in which a message travels: a node that gets it has no other way to serve a client
 * of its own.
 *
 * <p>Threads: immutable; any.
 */
final class ProtocolSet {
  private final Map<String, HubProtocol> protocols = new LinkedHashMap<>();

  ProtocolSet(List<HubProtocol> registered) {
    registered.forEach(protocol -> protocols.put(protocol.name(), protocol));
  }

  @Nullable HubProtocol named(String name) {
    return protocols.get(name);
  }

  /**
   * A message's frames in every protocol.
   *
   * @throws io.hubbub.protocol.HubEncodingException if one of them cannot write it
   */
  Map<String, byte[]> frames(EncodedMessage message) {
    Map<String, byte[]> frames = new LinkedHashMap<>(4);
    for (HubProtocol protocol : protocols.values()) {
      Payload payload = message.in(protocol);
      if (payload != null) {
        frames.put(protocol.name(), payload.array());
      }
    }
    return frames;
  }

  /**
   * A message that has come as frames; those of unknown protocols are left out.
   *
   * @throws HubProtocolException if what claims to be a frame is not exactly one: it would end the
   *     connections that get it
   */
  EncodedMessage received(Map<String, byte[]> frames) {
    Map<String, Payload> payloads = new HashMap<>(4);
    for (HubProtocol protocol : protocols.values()) {
      byte[] frame = frames.get(protocol.name());
      if (frame != null) {
        checkFrame(protocol, frame);
        payloads.put(protocol.name(), Payload.of(frame, protocol.transferFormat()));
      }
    }
    return EncodedMessage.of(payloads);
  }

  /** Refuses what is not exactly one frame. */
  static void checkFrame(HubProtocol protocol, byte[] frame) {
    int length = protocol.frameLength(ByteBuffer.wrap(frame), 0, Integer.MAX_VALUE);
    if (length != frame.length) {
      throw new HubProtocolException(
          "Expected one frame of the protocol '"
              + protocol.name()
              + "' in "
              + frame.length
              + " bytes");
    }
  }
}

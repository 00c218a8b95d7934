package io.hubbub.internal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.Payload;
import io.hubbub.spi.ConnectedClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client that keeps the frames it is sent as text. */
final class RecordingClient implements ConnectedClient {
  final List<String> received = new CopyOnWriteArrayList<>();
  volatile @Nullable String user;
  private final String id;
  private final HubProtocol protocol;

  RecordingClient(String id, HubProtocol protocol) {
    this(id, null, protocol);
  }

  RecordingClient(String id, @Nullable String user, HubProtocol protocol) {
    this.id = id;
    this.user = user;
    this.protocol = protocol;
  }

  @Override
  public String connectionId() {
    return id;
  }

  @Override
  public Optional<String> userId() {
    return Optional.ofNullable(user);
  }

  @Override
  public HubProtocol protocol() {
    return protocol;
  }

  @Override
  public void send(EncodedMessage message) {
    Payload payload = message.in(protocol);
    if (payload != null) {
      received.add(new String(payload.array(), UTF_8));
    }
  }

  @Override
  public void abort(@Nullable Throwable cause) {}
}

package io.hubbub.client.internal;

import io.hubbub.client.ConnectFailedException;
import io.hubbub.client.internal.transport.Failures;
import io.hubbub.protocol.HandshakeProtocol;
import io.hubbub.protocol.HandshakeRequest;
import io.hubbub.protocol.HandshakeResponse;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The first exchange on a link: protocol and version, within a time.
 *
 * <p>Threads: any. It ends once, by whoever comes first.
 */
final class Handshake {
  private static final int VERSION = 1;

  /** Stateful reconnect came with this version. */
  private static final int STATEFUL_VERSION = 2;

  private final ConnectionSettings settings;
  private final ClientRuntime runtime;
  private final CompletableFuture<HandshakeResponse> answer = new CompletableFuture<>();

  Handshake(ConnectionSettings settings, ClientRuntime runtime) {
    this.settings = settings;
    this.runtime = runtime;
  }

  /** Whether the protocol can do stateful reconnect. */
  boolean maySayStateful() {
    return settings.protocol().version() >= STATEFUL_VERSION;
  }

  /** What the server is sent. */
  Payload request(boolean stateful) {
    HubProtocol protocol = settings.protocol();
    int version = stateful ? STATEFUL_VERSION : VERSION;
    return Payload.of(
        HandshakeProtocol.writeRequest(new HandshakeRequest(protocol.name(), version)),
        TransferFormat.TEXT);
  }

  /**
   * Waits for the answer, within the time that there is.
   *
   * @return fails with {@link ConnectFailedException}, also when the server refuses
   */
  CompletableFuture<Void> await() {
    Duration limit = settings.times().handshake();
    var deadline =
        runtime.timer().schedule(limit, () -> runtime.workers().execute(() -> expire(limit)));
    return answer.thenAccept(Handshake::ensureAccepted).whenComplete((v, e) -> deadline.cancel());
  }

  private void expire(Duration limit) {
    fail(
        "Expected the server to answer the handshake within "
            + limit.toMillis()
            + " ms, but it did not (handshakeTimeout).",
        null);
  }

  private static void ensureAccepted(HandshakeResponse response) {
    String error = Failures.said(response.error());
    if (error != null) {
      throw new ConnectFailedException("Server returned handshake error: " + error);
    }
  }

  void answered(HandshakeResponse response) {
    answer.complete(response);
  }

  /** There will be no answer. Whether none had come. */
  boolean fail(String message, @Nullable Throwable cause) {
    return answer.completeExceptionally(new ConnectFailedException(message, cause));
  }
}

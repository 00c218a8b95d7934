package io.hubbub.testkit;

import io.hubbub.client.spi.Transport;
import io.hubbub.client.spi.TransportEnd;
import io.hubbub.client.spi.TransportListener;
import io.hubbub.protocol.Payload;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The real client's end of an in-memory connection.
 *
 * <p>Threads: any. What the hub writes is handed to the client on the thread that writes it.
 */
final class InMemoryClientTransport implements Transport {
  private final InMemoryConnection connection;

  private InMemoryClientTransport(InMemoryConnection connection) {
    this.connection = connection;
  }

  /**
   * @param connecting opens a connection, given who gets what the hub writes
   */
  static CompletionStage<Transport> open(
      Function<InMemoryConnection.ClientEnd, InMemoryConnection> connecting,
      TransportListener listener) {
    Transport opened = new InMemoryClientTransport(connecting.apply(new Receiver(listener)));
    return CompletableFuture.completedFuture(opened);
  }

  @Override
  public CompletionStage<Void> send(byte[] bytes) {
    connection.send(bytes);
    return connection.taken();
  }

  /** As with a socket, what was sent before still reaches the hub. */
  @Override
  public CompletionStage<Void> close() {
    return connection.taken().thenRun(connection::disconnect);
  }

  @Override
  public boolean hasInherentKeepAlive() {
    return true;
  }

  @Override
  public Optional<String> connectionId() {
    return Optional.of(connection.connectionId());
  }

  /** Tells the client. */
  private record Receiver(TransportListener listener) implements InMemoryConnection.ClientEnd {
    @Override
    public void onPayload(Payload payload) {
      listener.onBytes(payload.buffer());
    }

    @Override
    public void onClosed(boolean aborted) {
      listener.onClosed(
          aborted
              ? TransportEnd.cut(new IOException("The hub cut the connection."))
              : TransportEnd.ORDERLY);
    }
  }
}

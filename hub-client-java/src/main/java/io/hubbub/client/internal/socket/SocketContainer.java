package io.hubbub.client.internal.socket;

import jakarta.websocket.ClientEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.spi.ClientContainer;
import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeInfo;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeStatus;
import org.glassfish.tyrus.spi.UpgradeRequest;

/**
 * Gives Tyrus its sockets: opens one and asks for the upgrade on the calling thread, then leaves it
 * to the loop that all share. Tyrus makes it by name.
 *
 * <p>Threads: any.
 */
public final class SocketContainer implements ClientContainer {
  private static final int ANSWER_TIMEOUT_MILLIS = 30_000;

  @Override
  public void openClientSocket(
      ClientEndpointConfig config, Map<String, Object> properties, ClientEngine engine)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    UpgradeRequest request = engine.createUpgradeRequest(() -> closeQuietly(channel));
    boolean opened = false;
    try {
      SocketFormat format = SocketFormat.from(config.getUserProperties());
      SocketOpener opener =
          new SocketOpener(SocketSettings.from(properties), request.getRequestURI());
      opened = upgrade(channel, opener, format, request, engine);
    } finally {
      if (!opened) {
        closeQuietly(channel);
      }
    }
  }

  private static boolean upgrade(
      SocketChannel channel,
      SocketOpener opener,
      SocketFormat format,
      UpgradeRequest request,
      ClientEngine engine)
      throws IOException {
    channel.socket().setSoTimeout(ANSWER_TIMEOUT_MILLIS);
    Pipe pipe = opener.open(channel);
    pipe.write(new ByteBuffer[] {opener.upgradeRequest(request.getHeaders())});
    HttpHead head = HttpHead.read(pipe);
    SocketConnection connection = new SocketConnection(channel, pipe, format, IoLoop.shared());
    ClientUpgradeInfo info =
        engine.processResponse(response(head), connection, reason -> connection.close());
    if (info.getUpgradeStatus() != ClientUpgradeStatus.SUCCESS) {
      if (info.getUpgradeStatus() == ClientUpgradeStatus.ANOTHER_UPGRADE_REQUEST_REQUIRED) {
        engine.processError(
            new IOException("The server answered " + head.status() + " to the WebSocket request"));
      }
      return false;
    }
    connection.open(info.createConnection());
    channel.configureBlocking(false);
    IoLoop.shared().register(connection, head.rest());
    return true;
  }

  private static TyrusUpgradeResponse response(HttpHead head) {
    TyrusUpgradeResponse response = new TyrusUpgradeResponse();
    response.setStatus(head.status());
    response.getHeaders().putAll(head.headers());
    return response;
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

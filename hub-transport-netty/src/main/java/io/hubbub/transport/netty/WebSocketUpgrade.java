package io.hubbub.transport.netty;

import io.hubbub.http.HttpResponse;
import io.hubbub.http.WebSocketHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.flow.FlowControlHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP connection into a WebSocket (RFC 6455, section 4.2): answers, then takes everything
 * of HTTP out of the pipeline.
 *
 * <p>Threads: the event loop.
 */
final class WebSocketUpgrade {
  private static final String VERSION = "13";
  private static final int KEY_CHARACTERS = 24;
  private static final int KEY_BYTES = 16;
  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private WebSocketUpgrade() {}

  /** The key of a request that asks for a WebSocket, completely; null for any other. */
  static @Nullable String keyOf(HttpRequest request) {
    HttpHeaders headers = request.headers();
    boolean asks =
        request.method().equals(HttpMethod.GET)
            && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
            && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
            && VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION));
    String key = asks ? headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY) : null;
    return key != null && isKey(key.strip()) ? key : null;
  }

  private static boolean isKey(String key) {
    try {
      return key.length() == KEY_CHARACTERS && Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  static void perform(
      HttpConnection http, String key, HttpResponse head, WebSocketHandler handler) {
    Channel channel = http.channel();
    channel.writeAndFlush(answer(key, head), channel.voidPromise());
    http.onUpgraded();
    WebSocketConnection socket = new WebSocketConnection(channel, http.parts().outbound(), handler);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.replace(http, null, socket);
    pipeline.remove(FlowControlHandler.class);
    handler.onOpen(socket.socket());
    channel.config().setAutoRead(true);
    // Last, because what has come behind the request leaves it here.
    pipeline.remove(HttpServerCodec.class);
  }

  private static DefaultFullHttpResponse answer(String key, HttpResponse head) {
    DefaultFullHttpResponse answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
    NettyExchange.putHeaders(head, answer.headers());
    answer
        .headers()
        .remove(HttpHeaderNames.CONTENT_TYPE)
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(key));
    return answer;
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key.strip() + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Expected SHA-1, which every Java platform has", missing);
    }
  }
}

package io.hubbub.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the pipeline of a new connection, or refuses it when there are enough.
 *
 * <p>Threads: the connection's event loop.
 */
final class ConnectionInitializer extends ChannelInitializer<Channel> {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionInitializer.class);

  private final Map<EventLoop, ConnectionParts> parts;
  private final HttpLimits limits;
  private final @Nullable SslContext tls;

  /** Connections open; any thread. */
  private final AtomicInteger open = new AtomicInteger();

  private final ChannelFutureListener onClosed = closed -> open.decrementAndGet();

  ConnectionInitializer(
      Map<EventLoop, ConnectionParts> parts, HttpLimits limits, @Nullable SslContext tls) {
    this.parts = parts;
    this.limits = limits;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (open.incrementAndGet() > limits.maxConnections()) {
      open.decrementAndGet();
      LOG.warn("Refusing a connection: {} are open; see maxConnections", limits.maxConnections());
      channel.close();
      return;
    }
    channel.closeFuture().addListener(onClosed);
    ConnectionParts mine = parts.get(channel.eventLoop());
    if (mine == null) {
      throw new IllegalStateException("Expected one of the server's event loops");
    }
    ChannelPipeline pipeline = channel.pipeline();
    if (tls != null) {
      pipeline.addLast(tls.newHandler(channel.alloc()));
    }
    pipeline.addLast(
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxRequestLine())
                .setMaxHeaderSize(limits.maxHeaderBytes())));
    pipeline.addLast(new FlowControlHandler(), new HttpConnection(channel, mine));
  }
}

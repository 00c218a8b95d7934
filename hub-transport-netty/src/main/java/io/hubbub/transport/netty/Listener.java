package io.hubbub.transport.netty;

import static java.util.concurrent.CompletableFuture.runAsync;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A listening socket, the event loops of its connections, and what each loop's connections share.
 *
 * <p>Threads: any.
 */
final class Listener {
  private static final int BACKLOG = 4096;
  private static final int MIN_READ = 256;
  private static final int FIRST_READ = 1024;
  private static final int MAX_READ = 1 << 16;

  private final EventLoopGroup group;
  private final Channel channel;
  private final Map<EventLoop, ConnectionParts> parts;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  private Listener(EventLoopGroup group, Channel channel, Map<EventLoop, ConnectionParts> parts) {
    this.group = group;
    this.channel = channel;
    this.parts = parts;
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if that is not possible
   */
  static Listener start(
      Sockets sockets, SocketAddress address, int eventLoops, ListenerSettings settings) {
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            eventLoops, new DefaultThreadFactory("hubbub-netty"), sockets.io());
    Map<EventLoop, ConnectionParts> parts = new IdentityHashMap<>();
    for (EventExecutor executor : group) {
      EventLoop loop = (EventLoop) executor;
      parts.put(loop, parts(loop, settings));
    }
    ChannelFuture bound = bootstrap(sockets, address, group, settings, parts).bind(address);
    bound.awaitUninterruptibly();
    if (!bound.isSuccess()) {
      group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new IllegalStateException(
          "Expected to listen on " + address + ", but the system refuses; choose another port",
          bound.cause());
    }
    return new Listener(group, bound.channel(), parts);
  }

  private static ConnectionParts parts(EventLoop loop, ListenerSettings settings) {
    return new ConnectionParts(
        settings.sites(),
        settings.limits(),
        settings.forwarding(),
        new OutboundLoop(loop, settings.executor(), ByteBufAllocator.DEFAULT),
        new Deadlines(loop));
  }

  private static ServerBootstrap bootstrap(
      Sockets sockets,
      SocketAddress address,
      EventLoopGroup group,
      ListenerSettings settings,
      Map<EventLoop, ConnectionParts> parts) {
    boolean tcp = address instanceof InetSocketAddress;
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channelFactory(tcp ? sockets.tcp() : sockets.unix())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(MIN_READ, FIRST_READ, MAX_READ))
            .childHandler(new ConnectionInitializer(parts, settings.limits(), settings.tls()));
    if (tcp) {
      bootstrap
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true);
    }
    return bootstrap;
  }

  SocketAddress address() {
    return channel.localAddress();
  }

  /** Takes no new connections, and ends those that wait for a request. */
  void stopAccepting() {
    channel.close();
    parts.forEach(
        (loop, its) -> {
          if (!loop.isShuttingDown()) {
            loop.execute(its.deadlines()::closeIdle);
          }
        });
  }

  /** Cuts what is left; done when nothing runs any more, never fails. Idempotent. */
  CompletionStage<Void> stop() {
    if (stopping.compareAndSet(false, true)) {
      channel.close().addListener(closed -> endLoops());
    }
    return stopped;
  }

  /**
   * No more is accepted now, but what was a moment ago may still have to be given to its event
   * loop. Netty does not close the channels of a loop that is told to end in the middle of its
   * tasks; so that is done here, by a task behind those, and the end is told by another thread.
   */
  private void endLoops() {
    CompletableFuture.allOf(
            parts.entrySet().stream()
                .map(loop -> runAsync(loop.getValue().deadlines()::end, loop.getKey()))
                .toArray(CompletableFuture[]::new))
        .whenCompleteAsync(
            (done, failure) ->
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(ended -> release()),
            GlobalEventExecutor.INSTANCE);
  }

  private void release() {
    parts.values().forEach(its -> its.outbound().release());
    stopped.complete(null);
  }
}

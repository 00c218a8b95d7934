package io.hubbub.transport.netty;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parts of Netty that differ with the operating system.
 *
 * <p>Threads: immutable; any.
 *
 * @param io drives an event loop
 * @param tcp makes listening TCP sockets
 * @param unix makes listening Unix domain sockets
 * @param unixAddress the address of a path, in the form these sockets want
 */
record Sockets(
    IoHandlerFactory io,
    ChannelFactory<ServerChannel> tcp,
    ChannelFactory<ServerChannel> unix,
    Function<Path, SocketAddress> unixAddress) {

  /**
   * The parts for a choice.
   *
   * @throws IllegalStateException if this machine does not have what was chosen
   */
  static Sockets of(IoTransport choice) {
    return switch (choice) {
      case AUTOMATIC -> Epoll.isAvailable() ? epoll() : nio();
      case EPOLL -> {
        require(choice, Epoll.unavailabilityCause());
        yield epoll();
      }
      case IO_URING -> {
        require(choice, IoUring.unavailabilityCause());
        yield ioUring();
      }
      case NIO -> nio();
    };
  }

  private static void require(IoTransport choice, @Nullable Throwable missing) {
    if (missing != null) {
      throw new IllegalStateException(
          "Expected "
              + choice
              + " to be available, but this machine does not offer it; use"
              + " transport(IoTransport.AUTOMATIC)",
          missing);
    }
  }

  private static Sockets epoll() {
    return new Sockets(
        EpollIoHandler.newFactory(),
        EpollServerSocketChannel::new,
        EpollServerDomainSocketChannel::new,
        path -> new DomainSocketAddress(path.toFile()));
  }

  private static Sockets ioUring() {
    return new Sockets(
        IoUringIoHandler.newFactory(),
        IoUringServerSocketChannel::new,
        IoUringServerDomainSocketChannel::new,
        path -> new DomainSocketAddress(path.toFile()));
  }

  private static Sockets nio() {
    return new Sockets(
        NioIoHandler.newFactory(),
        NioServerSocketChannel::new,
        NioServerDomainSocketChannel::new,
        UnixDomainSocketAddress::of);
  }
}

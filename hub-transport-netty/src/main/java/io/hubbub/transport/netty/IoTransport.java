package io.hubbub.transport.netty;

/** By which means of the operating system the server reads and writes sockets. */
public enum IoTransport {
  /** {@link #EPOLL} where it is available, else {@link #NIO}. */
  AUTOMATIC,
  /** Linux's epoll, by Netty's native library. */
  EPOLL,
  /** Linux's io_uring, by Netty's native library; needs a recent kernel that permits it. */
  IO_URING,
  /** What the JDK offers everywhere. */
  NIO
}

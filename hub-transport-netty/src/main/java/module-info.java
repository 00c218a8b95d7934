/** A stand-alone hub server on Netty. */
module io.hubbub.transport.netty {
  requires transitive io.hubbub.http;
  requires transitive io.netty.handler;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.io_uring;
  requires io.netty.transport.unix.common;
  requires org.slf4j;

  exports io.hubbub.transport.netty;
}

package io.hubbub.transport.netty;

/** The same where frames take the channel's pipeline and buffer, as they do with TLS. */
class SlowReaderOverNioTest extends SlowReaderTest {
  @Override
  IoTransport transport() {
    return IoTransport.NIO;
  }
}

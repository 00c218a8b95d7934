package io.hubbub.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** What the kernel has not taken. Threads: the channel's event loop. */
final class UnsentBytes {
  private UnsentBytes() {}

  /** Whether some of what was written and flushed waits in a channel; never in a closed one. */
  static boolean waitIn(Channel channel) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer != null && !buffer.isEmpty();
  }
}

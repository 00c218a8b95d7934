package io.hubbub.transport.netty;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request and how.
 *
 * @param scheme {@code http} or {@code https}
 * @param remote the client's address; null over a Unix domain socket
 */
record Peer(String scheme, @Nullable InetSocketAddress remote) {}

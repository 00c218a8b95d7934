package io.hubbub.client.internal.transport;

import io.hubbub.TransportType;
import io.hubbub.client.spi.TransportOpener;
import io.hubbub.protocol.TransferFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which transports may be used, and for what.
 *
 * @param types the ones that the application allows
 * @param skipNegotiation whether to connect by WebSocket straight away
 * @param statefulReconnect whether to ask for stateful reconnect
 * @param format what the transport must carry
 * @param maxMessageSize the longest message accepted from the server, in bytes
 * @param opener the application's own transport in place of all others; null without one
 */
public record TransportChoice(
    Set<TransportType> types,
    boolean skipNegotiation,
    boolean statefulReconnect,
    TransferFormat format,
    int maxMessageSize,
    @Nullable TransportOpener opener) {}

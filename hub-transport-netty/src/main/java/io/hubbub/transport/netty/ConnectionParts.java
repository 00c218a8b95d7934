package io.hubbub.transport.netty;

import java.util.List;

/**
 * What the connections of one event loop work with.
 *
 * <p>Threads: the event loop's, but for {@link OutboundLoop#add}.
 *
 * @param sites who answers requests; the first that knows one does
 * @param limits what clients may ask
 * @param forwarding which proxies to believe
 * @param outbound the WebSockets' writes
 * @param deadlines the HTTP connections' time-outs
 */
record ConnectionParts(
    List<Site> sites,
    HttpLimits limits,
    Forwarding forwarding,
    OutboundLoop outbound,
    Deadlines deadlines) {}

package io.hubbub.transport.netty;

import io.hubbub.spi.BurstExecutor;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listener's connections have in common.
 *
 * <p>Threads: immutable; any.
 *
 * @param executor where hubs run
 * @param sites who answers requests
 * @param limits what clients may ask
 * @param forwarding which proxies to believe
 * @param tls null without TLS
 */
record ListenerSettings(
    BurstExecutor executor,
    List<Site> sites,
    HttpLimits limits,
    Forwarding forwarding,
    @Nullable SslContext tls) {}

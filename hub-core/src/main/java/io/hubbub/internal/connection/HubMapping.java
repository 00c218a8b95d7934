package io.hubbub.internal.connection;

import io.hubbub.BaseHub;
import io.hubbub.HubOptions;
import io.hubbub.internal.dispatch.HubDispatcher;
import io.hubbub.spi.HubLifetimeManager;

/**
 * What the connections of one mapped hub share.
 *
 * @param hubClass the hub
 * @param options the mapping's own options
 * @param protocols what clients may speak
 * @param dispatcher calls the hub
 * @param lifetime knows the hub's connections
 */
public record HubMapping(
    Class<? extends BaseHub> hubClass,
    HubOptions options,
    ProtocolTable protocols,
    HubDispatcher dispatcher,
    HubLifetimeManager lifetime) {}

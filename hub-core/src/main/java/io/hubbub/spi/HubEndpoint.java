package io.hubbub.spi;

import io.hubbub.BaseHub;
import io.hubbub.HubOptions;

/**
 * One mapping of a hub, for transports.
 *
 * @param path where, as configured; begins with a slash, compared without regard to case
 * @param hubClass the hub
 * @param options the mapping's own options
 * @param handler takes the connections
 * @param access decides who may make requests at all
 */
public record HubEndpoint(
    String path,
    Class<? extends BaseHub> hubClass,
    HubOptions options,
    ConnectionHandler handler,
    EndpointAccess access) {}

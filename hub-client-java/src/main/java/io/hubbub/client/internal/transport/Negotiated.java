package io.hubbub.client.internal.transport;

import io.hubbub.protocol.negotiate.NegotiateResponse;

/**
 * A connection that a server holds ready.
 *
 * @param hub the hub's address after all redirects, and the tokens for it
 * @param answer what the server granted
 */
record Negotiated(HubEndpoint hub, NegotiateResponse.Accepted answer) {}

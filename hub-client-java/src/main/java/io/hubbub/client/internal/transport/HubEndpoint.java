package io.hubbub.client.internal.transport;

import java.net.URI;

/**
 * Where a connection is made, after all redirects.
 *
 * @param url the hub's address there, with the connection's id where one was negotiated
 * @param tokens the tokens to show there
 */
record HubEndpoint(URI url, AccessTokens tokens) {}

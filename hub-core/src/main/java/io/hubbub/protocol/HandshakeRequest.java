package io.hubbub.protocol;

/**
 * What a client asks for before anything else.
 *
 * @param protocol the hub protocol's name as sent; names ignore case
 * @param version the protocol's version
 */
public record HandshakeRequest(String protocol, int version) {}

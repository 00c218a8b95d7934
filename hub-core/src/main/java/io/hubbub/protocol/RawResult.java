package io.hubbub.protocol;

/**
 * An encoded value that is passed on untouched, in one protocol's encoding: what a node relays for
 * another node. A binder asks for it by returning this class as the type; a protocol writes it back
 * byte for byte.
 *
 * @param bytes one encoded value; not copied, not to be changed
 */
public record RawResult(byte[] bytes) {}

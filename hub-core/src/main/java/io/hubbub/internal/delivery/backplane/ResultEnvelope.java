package io.hubbub.internal.delivery.backplane;

/**
 * A client's answer on its way to the node that asked.
 *
 * @param protocol the answering client's protocol
 * @param frame a whole completion frame
 */
record ResultEnvelope(String protocol, byte[] frame) {}

/**
 * The hub protocol on the wire, as both ends use it: messages, the codec seam, framing, the
 * handshake. Imports nothing of the rest of hub-core, so a client carries the wire without carrying
 * a server.
 */
@NullMarked
package io.hubbub.protocol;

import org.jspecify.annotations.NullMarked;

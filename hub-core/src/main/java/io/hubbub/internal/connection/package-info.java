/** One client's connection: handshake, keep-alive, outbound queue, replay buffer, close. */
@NullMarked
package io.hubbub.internal.connection;

import org.jspecify.annotations.NullMarked;

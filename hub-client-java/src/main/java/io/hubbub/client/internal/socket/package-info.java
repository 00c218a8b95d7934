/**
 * The sockets under Tyrus: one thread reads and writes for all WebSockets of the process. Tyrus
 * itself does the WebSocket protocol; its own containers cost several threads or hand-overs a
 * message.
 */
@NullMarked
package io.hubbub.client.internal.socket;

import org.jspecify.annotations.NullMarked;
